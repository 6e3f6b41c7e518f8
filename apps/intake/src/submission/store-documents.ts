import { randomBytes, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { AcceptedDocument, BlobReference, SubmittedDocument, Tenant } from '@waybill/contracts';
import { passwordBytes, passwordSaltBytes, StageError, type DocumentStore } from '@waybill/jobs';
import type { Environment } from '@waybill/platform';
import { cleanDocumentName } from './clean-document-name.js';

/** Files that came in the same request, by the name of their part. */
export type Uploads = ReadonlyMap<string, BlobReference>;

/** Gets the bytes of submitted documents into the store, or finds them there. Nothing stored is ever written over. */
export class StoreDocuments {
  constructor(
    private readonly documents: DocumentStore,
    private readonly environment: Pick<Environment, 'WAYBILL_MAX_DOCUMENT_BYTES' | 'WAYBILL_URL_FETCH'>,
  ) {}

  /** Streams one file of a request into the store. @throws StageError `too-large`, `unavailable` */
  upload(tenant: Tenant, bytes: Readable | Uint8Array): Promise<BlobReference> {
    const maxBytes = this.environment.WAYBILL_MAX_DOCUMENT_BYTES;
    return this.documents.put(tenant, `sources/${randomUUID()}`, bytes, { maxBytes });
  }

  /**
   * References for all documents of a submission. `kept` gathers what this call itself has put into the store.
   * @throws StageError `invalid-submission`, `document-not-found`, `too-large`, `unavailable`; with the document's index
   */
  async store(
    tenant: Tenant,
    documents: readonly SubmittedDocument[],
    uploads: Uploads,
    kept: BlobReference[],
  ): Promise<AcceptedDocument[]> {
    const stored = await Promise.allSettled(
      documents.map((document, index) =>
        this.accept(tenant, document, uploads, kept).catch((error: unknown) => {
          throw atDocument(error, index);
        }),
      ),
    );
    return stored.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  }

  /** Takes back what was stored for a submission that came to nothing. What stays behind ages out. */
  async discard(references: readonly BlobReference[]): Promise<void> {
    await Promise.allSettled(references.map((reference) => this.documents.remove(reference)));
  }

  private async accept(
    tenant: Tenant,
    document: SubmittedDocument,
    uploads: Uploads,
    kept: BlobReference[],
  ): Promise<AcceptedDocument> {
    const name = cleanDocumentName(document.name);
    const source = await this.find(tenant, document, uploads, kept);
    return {
      ...source,
      ...(name === undefined ? {} : { name }),
      ...(document.password === undefined
        ? {}
        : { password: await this.keepPassword(tenant, document.password, kept) }),
    };
  }

  private async find(
    tenant: Tenant,
    document: SubmittedDocument,
    uploads: Uploads,
    kept: BlobReference[],
  ): Promise<{ blob: BlobReference } | { url: string }> {
    if ('inline' in document) {
      const blob = await this.upload(tenant, Buffer.from(document.inline, 'base64'));
      kept.push(blob);
      return { blob };
    }
    if ('object' in document) {
      const blob = await this.documents.locate(tenant, document.object);
      if (blob.sizeBytes > this.environment.WAYBILL_MAX_DOCUMENT_BYTES) throw tooLarge(blob, this.environment);
      return { blob };
    }
    if ('url' in document) {
      if (this.environment.WAYBILL_URL_FETCH === 'off') throw urlsRefused();
      return { url: document.url };
    }
    const blob = uploads.get(document.upload);
    if (!blob) throw missingUpload(document.upload, uploads);
    return { blob };
  }

  /** Events are kept and shown; a password stays in the store, and the job has a reference to it. */
  private async keepPassword(tenant: Tenant, password: string, kept: BlobReference[]): Promise<BlobReference> {
    const bytes = passwordBytes(password, randomBytes(passwordSaltBytes));
    const reference = await this.documents.put(tenant, `passwords/${randomUUID()}`, bytes);
    kept.push(reference);
    return reference;
  }
}

const tooLarge = (
  blob: BlobReference,
  { WAYBILL_MAX_DOCUMENT_BYTES }: Pick<Environment, 'WAYBILL_MAX_DOCUMENT_BYTES'>,
) =>
  new StageError(
    'too-large',
    `The object ${blob.key} has ${blob.sizeBytes} bytes; the limit is ${WAYBILL_MAX_DOCUMENT_BYTES}. Send a smaller one.`,
  );

const urlsRefused = (): StageError =>
  new StageError('invalid-submission', 'Documents by web address are switched off here; send the bytes instead.');

const missingUpload = (part: string, uploads: Uploads): StageError =>
  new StageError(
    'invalid-submission',
    uploads.size === 0
      ? `"upload" names a file part of a multipart request, and there is no part ${part}; send the bytes otherwise.`
      : `There is no file part named ${part}; the parts are ${[...uploads.keys()].join(', ')}.`,
  );

function atDocument(error: unknown, document: number): unknown {
  if (!(error instanceof StageError)) return error;
  const { code, message } = error.failure;
  const { retryable, retryAfterMs, cause } = error;
  return new StageError(code, message, { retryable, retryAfterMs, cause, document });
}
