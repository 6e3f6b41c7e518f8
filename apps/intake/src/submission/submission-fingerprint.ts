import { createHash } from 'node:crypto';
import type { AcceptedDocument, Submission } from '@waybill/contracts';

/**
 * SHA-256, in hex, over what a submission means: its documents by content (or address), task, wishes, callback and
 * labels. Id, tenant and the way the bytes came do not count, and neither does the order of keys.
 */
export function submissionFingerprint(submission: Submission, documents: readonly AcceptedDocument[]): string {
  const { task, reading, routing, callback, retention, metadata, tags } = submission;
  const meaning = {
    documents: documents.map((document) => ({
      name: document.name,
      // A fingerprint is no place for a secret, so it only tells that there is one.
      hasPassword: document.password ? true : undefined,
      ...('blob' in document ? { sha256: document.blob.sha256 } : { url: document.url }),
    })),
    task,
    reading,
    routing,
    callback,
    retention,
    metadata,
    tags,
  };
  return createHash('sha256').update(canonicalJson(meaning)).digest('hex');
}

/** JSON with sorted keys and without absent ones, so that equal meanings are equal texts. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
