import type { Readable } from 'node:stream';
import type { BlobReference } from '@waybill/contracts';
import type { DocumentStore } from '@waybill/jobs';

/** Images of pages, as streams. */
export class PageImages {
  constructor(private readonly store: DocumentStore) {}

  /** @throws StageError `document-not-found` when the store no longer has it */
  async bytes(image: BlobReference): Promise<Uint8Array> {
    return await this.store.read(image);
  }

  /** @throws StageError `document-not-found` when the store no longer has it */
  async open(image: BlobReference): Promise<Readable> {
    return await this.store.open(image);
  }
}
