import { S3ServiceException } from '@aws-sdk/client-s3';
import { StageError } from '@waybill/jobs';

const soonMs = 2_000;
/** What only an operator mends is asked for less often. */
const laterMs = 30_000;

const missingNames = new Set(['NoSuchKey', 'NotFound', 'NoSuchVersion']);
const credentialNames = new Set([
  'AccessDenied',
  'Forbidden',
  'CredentialsProviderError',
  'ExpiredToken',
  'InvalidAccessKeyId',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);

/** An answer without a body, as HEAD has, has a status and no name. */
const namesOfStatus: Readonly<Record<number, string>> = { 403: 'AccessDenied', 404: 'NotFound', 501: 'NotImplemented' };

function nameOf(error: unknown): string {
  if (error instanceof S3ServiceException) {
    const { name, $metadata } = error;
    const isNamed = !/^(Unknown.*|\d*)$/.test(name);
    return isNamed ? name : (namesOfStatus[$metadata.httpStatusCode ?? 0] ?? name);
  }
  return error instanceof Error ? error.name : '';
}

/** The object asked for is not there. */
export const isMissingObject = (error: unknown): boolean => missingNames.has(nameOf(error));

/** The object is another one than when reading it began. */
export const isReplacedObject = (error: unknown): boolean => nameOf(error) === 'PreconditionFailed';

/** The server does not speak this part of the protocol. */
export const isNotImplemented = (error: unknown): boolean => nameOf(error) === 'NotImplemented';

/**
 * Runs a request and turns its failure into a StageError: all of them are `unavailable` and retryable, because a bucket,
 * a credential or a network can be mended while jobs wait.
 * @param what completes "The document store could not …".
 */
export async function asked<Value>(what: string, request: () => Promise<Value>): Promise<Value> {
  try {
    return await request();
  } catch (error) {
    throw s3Failure(what, error);
  }
}

export function s3Failure(what: string, error: unknown): StageError {
  if (error instanceof StageError) return error;
  const name = nameOf(error);
  const isOperators = credentialNames.has(name) || name === 'NoSuchBucket';
  return new StageError('unavailable', `The document store could not ${what} (${reasonOf(name, error)}).`, {
    retryable: true,
    retryAfterMs: isOperators ? laterMs : soonMs,
    cause: error,
  });
}

function reasonOf(name: string, error: unknown): string {
  if (name === 'NoSuchBucket') return 'its bucket does not exist; make it, or correct WAYBILL_DOCUMENT_STORE';
  if (credentialNames.has(name)) return `${name}; correct the credentials of S3, what they allow, or the clock`;
  if (name === 'SlowDown') return 'S3 asks to slow down';
  const message = error instanceof Error ? error.message : String(error);
  return [name === 'Error' ? '' : name, message].filter(Boolean).join(': ') || 'it does not answer';
}
