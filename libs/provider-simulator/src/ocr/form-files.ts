import type { SimulatedRequest } from './simulator-server.js';

/** The fields of a `multipart/form-data` request, as a server's own library reads them. */
export async function formOf({ headers, body }: SimulatedRequest): Promise<FormData | undefined> {
  try {
    const response = new Response(Uint8Array.from(body), {
      headers: { 'content-type': headers['content-type'] ?? '' },
    });
    return await response.formData();
  } catch {
    return undefined;
  }
}

/** The bytes of one file of a form; empty when it is not there. */
export async function fileOf(form: FormData | undefined, name: string): Promise<Buffer> {
  const file = form?.get(name);
  return file instanceof Blob ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
}
