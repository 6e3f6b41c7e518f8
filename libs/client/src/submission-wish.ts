import type { SubmissionInput, SubmittedDocument } from '@waybill/contracts';

interface Named {
  /** For people; without it, a file has its own name. */
  readonly name?: string;
  /** Opens an encrypted document. */
  readonly password?: string;
}

/**
 * A document to be read: a file of this machine, bytes, or what the API itself knows (`inline` base64, the `url` of a
 * document that Waybill fetches, an `object` that was put into the tenant's bucket).
 */
export type DocumentWish =
  | ({ readonly file: string } & Named)
  | ({ readonly bytes: Uint8Array } & Named)
  | Exclude<SubmittedDocument, { upload: string }>;

/**
 * What is wanted. The `id` makes the submission idempotent: the same one again is the same job. Without an id the client
 * makes one, so that its own repeats are safe.
 */
export interface SubmissionWish extends Omit<SubmissionInput, 'documents' | 'id' | 'tenant'> {
  readonly id?: string;
  readonly documents: readonly DocumentWish[];
}
