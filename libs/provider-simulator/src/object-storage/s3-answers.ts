import type { SimulatedAnswer } from '../ocr/simulator-server.js';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** One element, with text or with elements in it. */
export const element = (name: string, ...content: readonly (string | number | boolean)[]): string =>
  `<${name}>${content.map((part) => (String(part).startsWith('<') ? part : escaped(String(part)))).join('')}</${name}>`;

/** A document of XML as S3 writes it. */
export const xml = (status: number, root: string, ...content: readonly string[]): SimulatedAnswer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content.join('')}</${root}>`,
});

/** An error as S3 writes it: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export const s3Error = (status: number, code: string, message: string): SimulatedAnswer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${element('Error', element('Code', code), element('Message', message), element('RequestId', 'SIMULATED'))}`,
});

export const s3Errors = {
  'access-denied': s3Error(403, 'AccessDenied', 'Access Denied'),
  'bad-digest': s3Error(400, 'XAmzContentSHA256Mismatch', 'The provided SHA256 does not match what was computed.'),
  'bad-range': s3Error(416, 'InvalidRange', 'The requested range is not satisfiable'),
  busy: s3Error(503, 'SlowDown', 'Please reduce your request rate.'),
  expired: s3Error(403, 'AccessDenied', 'Request has expired'),
  failed: s3Error(500, 'InternalError', 'We encountered an internal error. Please try again.'),
  'invalid-part': s3Error(400, 'InvalidPart', 'One or more of the specified parts could not be found.'),
  'no-bucket': s3Error(404, 'NoSuchBucket', 'The specified bucket does not exist'),
  'no-key': s3Error(404, 'NoSuchKey', 'The specified key does not exist.'),
  'no-lifecycle': s3Error(404, 'NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'),
  'no-upload': s3Error(404, 'NoSuchUpload', 'The specified upload does not exist.'),
  'not-implemented': s3Error(
    501,
    'NotImplemented',
    'A header you provided implies functionality that is not implemented',
  ),
  replaced: s3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold'),
  'too-small': s3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size'),
  'unknown-key': s3Error(
    403,
    'InvalidAccessKeyId',
    'The AWS Access Key Id you provided does not exist in our records.',
  ),
  unsigned: s3Error(
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided.',
  ),
} as const satisfies Record<string, SimulatedAnswer>;
