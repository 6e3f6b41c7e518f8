import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import { DoorError } from '../http/door-error.js';

/** The parts of an upload, once its bytes have been taken. */
export interface Upload<Stored> {
  readonly stored: Stored;
  readonly filename: string;
  readonly fields: ReadonlyMap<string, string>;
}

type Form = InstanceType<typeof Busboy>;

const limits = { files: 1, fields: 10, fieldSize: 4_096, parts: 12 };

/**
 * Reads `multipart/form-data` with one file, handing its bytes on as they come; fields may stand before and after it.
 * @throws DoorError when it is no such form, and whatever `take` rejects with
 */
export function readUpload<Stored>(
  request: IncomingMessage,
  take: (bytes: Readable) => Promise<Stored>,
): Promise<Upload<Stored>> {
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string>();
    let file: { readonly filename: string; readonly storing: Promise<Stored> } | undefined;
    const form = formOf(request);
    const refuse = (error: Error) => {
      request.unpipe(form);
      reject(error);
    };
    form.on('field', (name, value) => fields.set(name, value));
    form.on('file', (name, bytes, filename) => {
      if (name !== 'file') {
        bytes.resume();
        return;
      }
      file = { filename, storing: take(bytes) };
      file.storing.catch(refuse);
    });
    form.on('error', (error) => refuse(notAForm((error as Error).message)));
    form.on('finish', () => {
      if (!file) reject(notAForm('it has no part named "file"'));
      else {
        const { filename, storing } = file;
        storing.then((stored) => resolve({ stored, filename, fields }), reject);
      }
    });
    request.once('close', () => {
      if (!request.complete) form.destroy(new Error('the upload broke off'));
    });
    request.pipe(form);
  });
}

function formOf(request: IncomingMessage): Form {
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data/i.test(type)) {
    throw new DoorError(415, 'unsupported_media_type', 'Send the file as multipart/form-data, with "purpose".');
  }
  try {
    return new Busboy({ headers: request.headers as BusboyHeaders, limits });
  } catch (error) {
    throw notAForm((error as Error).message);
  }
}

const notAForm = (reason: string): DoorError =>
  new DoorError(400, 'invalid_request', `The form cannot be read: ${reason}. Send it again.`, { param: 'file' });
