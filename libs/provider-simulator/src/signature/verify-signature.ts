import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const hmac = (key: string | Buffer, content: string): Buffer => createHmac('sha256', key).update(content).digest();

/** A request as it arrived. */
export interface SignedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Who should have signed it, for which service. */
export interface Signer {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly service: string;
}

/** Whose key a request names, whether it is signed by it or not. */
export const accessKeyOf = ({ headers }: Pick<SignedRequest, 'headers'>): string | undefined =>
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1];

const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Every service but S3 encodes the path once more, over what it is on the wire. */
const encodedPath = (path: string): string => path.split('/').map(encoded).join('/');

const encodedQuery = (query: URLSearchParams): string =>
  [...query]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');

/**
 * Whether a request is signed by Signature Version 4 with this secret, as the service recomputes it: from the headers
 * that the signature names and from the body that arrived.
 */
export function isSignedBy(
  { method, url, headers, body }: SignedRequest,
  { accessKeyId, secret, service: wanted }: Signer,
): boolean {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [, id, day = '', region = '', service = '', names = '', signature] =
    pattern.exec(headers.authorization ?? '') ?? [];
  if (id !== accessKeyId || service !== wanted) return false;
  const canonical = [
    method,
    service === 's3' ? url.pathname : encodedPath(url.pathname),
    encodedQuery(url.searchParams),
    ...names.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}`),
    '',
    names,
    // What S3 is sent may say itself what its digest is, or that it has none.
    service === 's3' ? String(headers['x-amz-content-sha256']) : sha256(body),
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', String(headers['x-amz-date']), scope, sha256(canonical)].join('\n');
  const key = [region, service, 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${secret}`, day));
  return hmac(key, toSign).toString('hex') === signature;
}

/** Whether a GET is signed in its query, as addresses that were given away are, and when that ends. */
export function isPresignedBy(
  { method, url, headers }: Pick<SignedRequest, 'method' | 'url' | 'headers'>,
  { accessKeyId, secret, service: wanted }: Signer,
): 'yes' | 'no' | 'expired' {
  const query = url.searchParams;
  const [id, day = '', region = '', service = ''] = (query.get('X-Amz-Credential') ?? '').split('/');
  const moment = query.get('X-Amz-Date') ?? '';
  if (id !== accessKeyId || service !== wanted || method !== 'GET') return 'no';
  const names = query.get('X-Amz-SignedHeaders') ?? '';
  const unsigned = new URLSearchParams([...query].filter(([name]) => name !== 'X-Amz-Signature'));
  const canonical = [
    ...[method, url.pathname, encodedQuery(unsigned)],
    ...names.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}`),
    ...['', names, 'UNSIGNED-PAYLOAD'],
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', moment, `${day}/${region}/${service}/aws4_request`, sha256(canonical)].join('\n');
  const key = [region, service, 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${secret}`, day));
  if (hmac(key, toSign).toString('hex') !== query.get('X-Amz-Signature')) return 'no';
  const signedAt = Date.parse(moment.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
  return signedAt + 1_000 * Number(query.get('X-Amz-Expires')) < Date.now() ? 'expired' : 'yes';
}
