import { createHash } from 'node:crypto';
import type { SimulatedAnswer, SimulatedRequest } from '../ocr/simulator-server.js';
import { element, s3Errors, xml } from './s3-answers.js';

/** Parts of an upload, but for the last, have this many bytes at least. */
const leastPartBytes = 5 * 1_048_576;
const listedAtOnce = 3;

export interface Version {
  readonly key: string;
  readonly versionId: string;
  /** Undefined for a mark that the object was deleted. */
  readonly bytes: Buffer | undefined;
  readonly mediaType?: string | undefined;
}

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');
const quoted = (etag: string): string => `"${etag}"`;

/** What one bucket holds, and what S3 answers about it. */
export class S3Bucket {
  /** Newest first of each key. */
  versions: Version[] = [];
  readonly uploads = new Map<string, { readonly key: string; readonly parts: Map<number, Buffer> }>();
  keepsVersions = false;
  lifecycle: string | undefined;
  #count = 0;

  find(key: string): Buffer | undefined {
    return this.versions.find((version) => version.key === key)?.bytes;
  }

  put(key: string, bytes: Buffer, mediaType?: string): SimulatedAnswer {
    const { versionId } = this.#add(key, bytes, mediaType);
    const version: Record<string, string> = this.keepsVersions ? { 'x-amz-version-id': versionId } : {};
    return { status: 200, headers: { etag: quoted(md5(bytes)), ...version } };
  }

  get(key: string, { headers, method }: SimulatedRequest): SimulatedAnswer {
    const bytes = this.find(key);
    if (!bytes) return s3Errors['no-key'];
    const type = this.versions.find((version) => version.key === key)?.mediaType ?? 'application/octet-stream';
    const etag = quoted(md5(bytes));
    if (headers['if-match'] !== undefined && headers['if-match'] !== etag) return s3Errors.replaced;
    const [, from] = /^bytes=(\d+)-$/.exec(headers.range ?? '') ?? [];
    if (from !== undefined && Number(from) >= bytes.length) return s3Errors['bad-range'];
    const body = bytes.subarray(Number(from ?? 0));
    const range: Record<string, string> =
      from === undefined ? {} : { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
    const status = from === undefined ? 200 : 206;
    const answered = { status, headers: { etag, 'content-type': type, ...range } };
    if (method !== 'HEAD') return { ...answered, body };
    return { ...answered, headers: { ...answered.headers, 'content-length': String(body.length) } };
  }

  remove(key: string, versionId: string | null): SimulatedAnswer {
    if (versionId !== null) {
      this.versions = this.versions.filter((version) => version.key !== key || version.versionId !== versionId);
    } else if (this.keepsVersions) this.#add(key, undefined);
    else this.versions = this.versions.filter((version) => version.key !== key);
    return { status: 204 };
  }

  beginUpload(bucket: string, key: string): SimulatedAnswer {
    this.#count += 1;
    const id = `upload-${this.#count}`;
    this.uploads.set(id, { key, parts: new Map() });
    const content = [element('Bucket', bucket), element('Key', key), element('UploadId', id)];
    return xml(200, 'InitiateMultipartUploadResult', ...content);
  }

  putPart(id: string, part: number, bytes: Buffer): SimulatedAnswer {
    const upload = this.uploads.get(id);
    if (!upload) return s3Errors['no-upload'];
    upload.parts.set(part, bytes);
    return { status: 200, headers: { etag: quoted(md5(bytes)) } };
  }

  completeUpload(id: string, body: string): SimulatedAnswer {
    const upload = this.uploads.get(id);
    if (!upload) return s3Errors['no-upload'];
    const named = [...body.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
      number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
      etag: /<ETag>(?:&quot;|")?([0-9a-f]+)/.exec(part)?.[1],
    }));
    const parts = named.map(({ number, etag }) => {
      const bytes = upload.parts.get(number);
      return bytes && md5(bytes) === etag ? bytes : undefined;
    });
    if (named.length === 0 || parts.includes(undefined)) return s3Errors['invalid-part'];
    const found = parts.filter((part) => part !== undefined);
    if (found.slice(0, -1).some(({ length }) => length < leastPartBytes)) return s3Errors['too-small'];
    this.uploads.delete(id);
    this.#add(upload.key, Buffer.concat(found));
    return xml(200, 'CompleteMultipartUploadResult', element('Key', upload.key));
  }

  abortUpload(id: string): SimulatedAnswer {
    return this.uploads.delete(id) ? { status: 204 } : s3Errors['no-upload'];
  }

  /** `ListObjectsV2`: current objects, page by page. */
  list(query: URLSearchParams): SimulatedAnswer {
    const current = this.#current(query.get('prefix') ?? '').filter(({ bytes }) => bytes !== undefined);
    const begin = Number(query.get('continuation-token') ?? 0);
    const page = current.slice(begin, begin + listedAtOnce);
    const isMore = begin + listedAtOnce < current.length;
    return xml(
      200,
      'ListBucketResult',
      element('IsTruncated', isMore),
      ...page.map(({ key, bytes }) => element('Contents', element('Key', key), element('Size', bytes?.length ?? 0))),
      ...(isMore ? [element('NextContinuationToken', begin + listedAtOnce)] : []),
    );
  }

  /** `ListObjectVersions`: everything that is kept, and what hides it, page by page. */
  listVersions(query: URLSearchParams): SimulatedAnswer {
    const prefix = query.get('prefix') ?? '';
    const all = this.versions.filter(({ key }) => key.startsWith(prefix));
    const marker = query.get('version-id-marker');
    const begin = marker === null ? 0 : all.findIndex(({ versionId }) => versionId === marker) + 1;
    const page = all.slice(begin, begin + listedAtOnce);
    const last = page.at(-1);
    const isMore = begin + listedAtOnce < all.length;
    return xml(
      200,
      'ListVersionsResult',
      element('IsTruncated', isMore),
      ...page.map(({ key, versionId, bytes }) =>
        element(bytes ? 'Version' : 'DeleteMarker', element('Key', key), element('VersionId', versionId)),
      ),
      ...(isMore && last ? [element('NextKeyMarker', last.key), element('NextVersionIdMarker', last.versionId)] : []),
    );
  }

  #add(key: string, bytes: Buffer | undefined, mediaType?: string): Version {
    this.#count += 1;
    const others = this.keepsVersions ? this.versions : this.versions.filter((version) => version.key !== key);
    const versionId = this.keepsVersions ? `version-${this.#count}` : `null`;
    const version = { key, versionId, bytes, mediaType };
    this.versions = [version, ...others];
    return version;
  }

  #current(prefix: string): Version[] {
    const seen = new Set<string>();
    return this.versions.filter(({ key }) => key.startsWith(prefix) && !seen.has(key) && seen.add(key));
  }
}
