import type { Readable } from 'node:stream';
import type { BlobReference, Tenant } from '@waybill/contracts';

/** What is known about bytes before they are stored. */
export interface BlobDescription {
  readonly mediaType?: string;
  /** Refuse to store more than this many bytes, with a `too-large` failure. */
  readonly maxBytes?: number;
}

/** Port: bytes by reference. Failures are `StageError`s: `document-not-found`, `too-large`, `unavailable` (retryable). */
export interface DocumentStore {
  /** Streams bytes in; the reference carries their digest and size. The same bytes may be stored twice. */
  put(tenant: Tenant, key: string, bytes: Readable | Uint8Array, description?: BlobDescription): Promise<BlobReference>;
  /** The bytes as a stream; the digest is checked at its end. */
  open(reference: BlobReference): Promise<Readable>;
  /** The bytes at once, for content known to be small enough (pages, layouts). */
  read(reference: BlobReference): Promise<Uint8Array>;
  /** Refers to an object that a client has put into its tenant's documents bucket itself. */
  locate(tenant: Tenant, object: string): Promise<BlobReference>;
  remove(reference: BlobReference): Promise<void>;
}
