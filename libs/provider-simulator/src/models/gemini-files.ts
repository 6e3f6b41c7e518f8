import type { HttpAnswer } from './simulated-call.js';
import { noSuchThing } from './wires/gemini.js';

interface StoredFile {
  readonly name: string;
  readonly displayName?: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

interface Upload {
  readonly displayName?: string;
  readonly mimeType: string;
  readonly chunks: Buffer[];
}

/** A request to the rooms of files, with its headers in small letters. */
export interface FileRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
}

/** Gemini's Files API: resumable uploads, descriptions, downloads, deletion. */
export class GeminiFiles {
  private readonly files = new Map<string, StoredFile>();
  private readonly uploads = new Map<string, Upload>();
  private stored = 0;

  get size(): number {
    return this.files.size;
  }

  /** Undefined for what is none of its paths. */
  handle({ method, url, headers, bytes }: FileRequest): HttpAnswer | undefined {
    if (/^\/upload\/[^/]+\/files$/.test(url.pathname)) return this.upload(url, headers, bytes);
    const [, id, action] = /^(?:\/download)?\/v1beta\/files\/([^/:]+)(:download)?$/.exec(url.pathname) ?? [];
    if (id === undefined) return undefined;
    const file = this.files.get(`files/${id}`);
    if (!file) return noSuchThing('file', id);
    if (action) return { status: 200, body: file.bytes.toString() };
    if (method === 'DELETE') this.files.delete(file.name);
    return { status: 200, body: method === 'DELETE' ? {} : this.describe(file, url) };
  }

  text(name: string): string | undefined {
    return this.files.get(name)?.bytes.toString();
  }

  keep(bytes: Buffer, mimeType: string, displayName?: string): StoredFile {
    const name = `files/simulated${this.stored}`;
    this.stored += 1;
    const file = { name, mimeType, bytes, ...(displayName === undefined ? {} : { displayName }) };
    this.files.set(name, file);
    return file;
  }

  private upload(url: URL, headers: FileRequest['headers'], bytes: Buffer): HttpAnswer {
    const id = url.searchParams.get('upload_id');
    if (id === null) return this.begin(url, headers, bytes);
    const upload = this.uploads.get(id);
    if (!upload) return noSuchThing('upload', id);
    upload.chunks.push(bytes);
    if (!String(headers['x-goog-upload-command']).includes('finalize')) {
      return { status: 200, headers: { 'x-goog-upload-status': 'active' }, body: {} };
    }
    this.uploads.delete(id);
    const file = this.keep(Buffer.concat(upload.chunks), upload.mimeType, upload.displayName);
    return { status: 200, headers: { 'x-goog-upload-status': 'final' }, body: { file: this.describe(file, url) } };
  }

  private begin(url: URL, headers: FileRequest['headers'], bytes: Buffer): HttpAnswer {
    const { file } = JSON.parse(bytes.toString() || '{}') as { file?: { displayName?: string } };
    const id = `upload${this.stored}-${this.uploads.size}`;
    const mimeType = String(headers['x-goog-upload-header-content-type']);
    const named = file?.displayName === undefined ? {} : { displayName: file.displayName };
    this.uploads.set(id, { mimeType, chunks: [], ...named });
    const address = new URL(`?upload_id=${id}`, url).href;
    return { status: 200, headers: { 'x-goog-upload-url': address, 'x-goog-upload-status': 'active' }, body: {} };
  }

  private describe({ name, displayName, mimeType, bytes }: StoredFile, { origin }: URL): object {
    return {
      ...{ name, ...(displayName === undefined ? {} : { displayName }), mimeType, sizeBytes: `${bytes.length}` },
      ...{ uri: `${origin}/v1beta/${name}`, state: 'ACTIVE', source: 'UPLOADED' },
    };
  }
}
