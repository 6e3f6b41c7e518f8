import { fileIdSchema, type FileId } from '@waybill/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fileListSchema } from '../batches/batch-request.js';
import { fileView, listView } from '../batches/batch-view.js';
import { DoorError } from '../http/door-error.js';
import { parsed } from '../http/parsed.js';
import type { CallerOf } from '../http/caller-of-client.js';
import type { FileDesk } from './file-desk.js';
import { readUpload } from './read-upload.js';

/** `/v1/files`, as OpenAI's clients use it. */
export function registerFiles(scope: FastifyInstance, desk: FileDesk, callerOf: CallerOf, maxBytes: number): void {
  scope.post('/files', async (request) => {
    const { tenant } = await callerOf(request, 'submit');
    const { stored, filename, fields } = await readUpload(request.raw, (bytes) => desk.store(tenant, bytes, maxBytes));
    if (fields.get('purpose') !== 'batch') {
      await desk.discard(stored);
      const sentence = 'Files are taken for batches; send "purpose" with the value "batch".';
      throw new DoorError(400, 'invalid_request', sentence, { param: 'purpose' });
    }
    return fileView(await desk.shelve({ ...stored, filename, purpose: 'batch' }));
  });
  scope.get('/files', async (request) => {
    const { tenant } = await callerOf(request, 'read');
    const { limit, after, purpose } = parsed(fileListSchema, request.query);
    const part = { limit, ...(after ? { after } : {}), ...(purpose ? { purpose } : {}) };
    return listView(await desk.list(tenant, part), limit, fileView);
  });
  scope.get('/files/:id', async (request) =>
    fileView(await desk.get((await callerOf(request, 'read')).tenant, idOf(request))),
  );
  scope.get('/files/:id/content', async (request, reply) => {
    const bytes = await desk.content((await callerOf(request, 'read')).tenant, idOf(request));
    return reply.type('application/octet-stream').send(bytes);
  });
  scope.delete('/files/:id', async (request) => {
    const id = idOf(request);
    await desk.remove((await callerOf(request, 'submit')).tenant, id);
    return { id, object: 'file', deleted: true };
  });
}

const idOf = ({ params }: FastifyRequest): FileId => parsed(fileIdSchema, (params as { id: string }).id, 'file_id');
