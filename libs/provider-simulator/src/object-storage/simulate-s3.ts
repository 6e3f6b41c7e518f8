import { createHash } from 'node:crypto';
import { SimulatorServer, type SimulatedAnswer, type SimulatedRequest } from '../ocr/simulator-server.js';
import { accessKeyOf, isPresignedBy, isSignedBy } from '../signature/verify-signature.js';
import { element, s3Errors, xml } from './s3-answers.js';
import { S3Bucket } from './s3-bucket.js';

const accessKeyId = 'AKIDEXAMPLE000000000';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

export type S3Operation =
  | 'AbortMultipartUpload'
  | 'CompleteMultipartUpload'
  | 'CreateMultipartUpload'
  | 'DeleteObject'
  | 'GetBucketLifecycleConfiguration'
  | 'GetObject'
  | 'HeadBucket'
  | 'HeadObject'
  | 'ListObjectVersions'
  | 'ListObjectsV2'
  | 'PutObject'
  | 'UploadPart';
export type S3Refusal = keyof typeof s3Errors;

/** What the next request of an operation gets: a refusal, or its answer cut off after so many bytes of the body. */
export type S3Fault = S3Refusal | { readonly cutAfterBytes: number };

export interface S3Simulator {
  readonly server: SimulatorServer;
  readonly bucket: S3Bucket;
  /** What services reach it by. */
  readonly environment: Readonly<Record<string, string>>;
  /** Operations in the order in which they arrived. */
  readonly operations: S3Operation[];
  /** The next requests of this operation meet these faults, one each. */
  fault(operation: S3Operation, ...faults: readonly S3Fault[]): void;
  /** Every request of this operation is refused from now on, until it is there again. */
  without(operation: S3Operation): void;
  with(operation: S3Operation): void;
}

/**
 * The protocol of S3 with one bucket, addressed by its path: objects, uploads in parts, versions, and the errors as S3
 * writes them. Requests whose signature or digest does not hold are refused.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html
 */
export async function simulateS3(bucketName = 'papers', prefix = 'waybill'): Promise<S3Simulator> {
  const bucket = new S3Bucket();
  const operations: S3Operation[] = [];
  const faults: { operation: S3Operation; fault: S3Fault }[] = [];
  const missing = new Set<S3Operation>();

  function answer(request: SimulatedRequest): SimulatedAnswer {
    const refusal = refusalOf(request);
    if (refusal) return s3Errors[refusal];
    const [, name = '', key = ''] = /^\/([^/]+)\/?(.*)$/s.exec(decodeURIComponent(request.url.pathname)) ?? [];
    const operation = operationOf(request, key);
    if (!operation) return s3Errors['not-implemented'];
    operations.push(operation);
    if (missing.has(operation)) return s3Errors['not-implemented'];
    const at = faults.findIndex((each) => each.operation === operation);
    const [scripted] = at < 0 ? [] : faults.splice(at, 1);
    if (typeof scripted?.fault === 'string') return s3Errors[scripted.fault];
    if (name !== bucketName) return s3Errors['no-bucket'];
    const full = answerTo(operation, { bucket, key, bucketName }, request);
    return scripted === undefined ? full : { ...full, ...scripted.fault };
  }

  const server = new SimulatorServer(answer);
  await server.start();
  return {
    server,
    bucket,
    operations,
    fault: (operation, ...several) => void faults.push(...several.map((fault) => ({ operation, fault }))),
    without: (operation) => void missing.add(operation),
    with: (operation) => void missing.delete(operation),
    environment: {
      WAYBILL_DOCUMENT_STORE: `s3://${bucketName}/${prefix}`,
      WAYBILL_S3_REGION: 'eu-central-1',
      WAYBILL_S3_ENDPOINT: server.url,
      WAYBILL_S3_PATH_STYLE: 'true',
      WAYBILL_S3_ACCESS_KEY_ID: accessKeyId,
      WAYBILL_S3_SECRET_ACCESS_KEY: secret,
    },
  };
}

function refusalOf(request: SimulatedRequest): S3Refusal | undefined {
  if (request.url.searchParams.has('X-Amz-Signature')) {
    const answer = isPresignedBy(request, { accessKeyId, secret, service: 's3' });
    return answer === 'yes' ? undefined : answer === 'expired' ? 'expired' : 'unsigned';
  }
  if (accessKeyOf(request) !== accessKeyId) return 'unknown-key';
  if (!isSignedBy(request, { accessKeyId, secret, service: 's3' })) return 'unsigned';
  const stated = request.headers['x-amz-content-sha256'];
  const computed = createHash('sha256').update(request.body).digest('hex');
  return stated === computed || stated === 'UNSIGNED-PAYLOAD' ? undefined : 'bad-digest';
}

function operationOf({ method, url: { searchParams: query } }: SimulatedRequest, key: string): S3Operation | undefined {
  if (key === '') {
    if (method === 'HEAD') return 'HeadBucket';
    if (method !== 'GET') return undefined;
    if (query.has('versions')) return 'ListObjectVersions';
    if (query.has('lifecycle')) return 'GetBucketLifecycleConfiguration';
    return query.get('list-type') === '2' ? 'ListObjectsV2' : undefined;
  }
  const isOfUpload = query.has('uploadId');
  if (method === 'POST' && query.has('uploads')) return 'CreateMultipartUpload';
  if (method === 'POST' && isOfUpload) return 'CompleteMultipartUpload';
  if (method === 'PUT') return isOfUpload ? 'UploadPart' : 'PutObject';
  if (method === 'DELETE') return isOfUpload ? 'AbortMultipartUpload' : 'DeleteObject';
  if (method === 'HEAD') return 'HeadObject';
  return method === 'GET' ? 'GetObject' : undefined;
}

interface Place {
  readonly bucket: S3Bucket;
  readonly key: string;
  readonly bucketName: string;
}

function answerTo(operation: S3Operation, { bucket, key, bucketName }: Place, request: SimulatedRequest) {
  const { searchParams: query } = request.url;
  const upload = query.get('uploadId') ?? '';
  const answers: Readonly<Record<S3Operation, () => SimulatedAnswer>> = {
    HeadBucket: () => ({ status: 200 }),
    ListObjectVersions: () => bucket.listVersions(query),
    ListObjectsV2: () => bucket.list(query),
    GetBucketLifecycleConfiguration: () =>
      bucket.lifecycle === undefined
        ? s3Errors['no-lifecycle']
        : xml(200, 'LifecycleConfiguration', element('Rule', bucket.lifecycle)),
    PutObject: () => bucket.put(key, request.body, request.headers['content-type']),
    GetObject: () => bucket.get(key, request),
    HeadObject: () => bucket.get(key, request),
    DeleteObject: () => bucket.remove(key, query.get('versionId')),
    CreateMultipartUpload: () => bucket.beginUpload(bucketName, key),
    UploadPart: () => bucket.putPart(upload, Number(query.get('partNumber')), request.body),
    CompleteMultipartUpload: () => bucket.completeUpload(upload, request.body.toString()),
    AbortMultipartUpload: () => bucket.abortUpload(upload),
  };
  return answers[operation]();
}
