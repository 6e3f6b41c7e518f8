import type { BlobReference, Tenant } from '@waybill/contracts';
import type { WebFetch } from '@waybill/platform';
import type { StoreDocuments } from '../submission/store-documents.js';

/** Fetches documents by web address into the store, without holding them. */
export class FetchDocument {
  constructor(
    private readonly documents: StoreDocuments,
    private readonly web: WebFetch,
  ) {}

  /** @throws StageError `document-fetch-failed` (retryable when another attempt may help), `too-large`, `unavailable` */
  fetch(tenant: Tenant, address: string, signal: AbortSignal): Promise<BlobReference> {
    return this.web.fetch(address, signal, (body) => this.documents.upload(tenant, body));
  }

  close(): Promise<void> {
    return this.web.close();
  }
}
