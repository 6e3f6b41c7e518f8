import type { IncomingMessage } from 'node:http';
import { batchIdSchema, type BatchId } from '@waybill/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readSmallBody } from '../body/read-chat-body.js';
import { parsed } from '../http/parsed.js';
import type { CallerOf } from '../http/caller-of-client.js';
import type { BatchDesk } from './batch-desk.js';
import { batchListSchema, batchRequestSchema } from './batch-request.js';
import { batchView, listView } from './batch-view.js';

const mostBytes = 65_536;
const members = ['endpoint', 'input_file_id', 'completion_window', 'metadata'];

/** `/v1/batches`, as OpenAI's clients use it. */
export function registerBatches(scope: FastifyInstance, desk: BatchDesk, callerOf: CallerOf): void {
  scope.post('/batches', async (request) => {
    const caller = await callerOf(request, 'submit');
    return batchView(await desk.create(caller, parsed(batchRequestSchema, await sent(request.raw))));
  });
  scope.get('/batches', async (request) => {
    const { tenant } = await callerOf(request, 'read');
    const { limit, after } = parsed(batchListSchema, request.query);
    return listView(await desk.list(tenant, { limit, ...(after ? { after } : {}) }), limit, batchView);
  });
  scope.get('/batches/:id', async (request) => {
    const { tenant } = await callerOf(request, 'read');
    return batchView(await desk.get({ tenant, batchId: idOf(request) }));
  });
  scope.post('/batches/:id/cancel', async (request) => {
    const { tenant } = await callerOf(request, 'submit');
    return batchView(await desk.cancel({ tenant, batchId: idOf(request) }));
  });
}

async function sent(request: IncomingMessage): Promise<unknown> {
  const body = await readSmallBody(request, mostBytes);
  return Object.fromEntries(members.flatMap((name) => (body.has(name) ? [[name, body.value(name)]] : [])));
}

const idOf = ({ params }: FastifyRequest): BatchId => parsed(batchIdSchema, (params as { id: string }).id, 'batch_id');
