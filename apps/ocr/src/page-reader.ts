import type { BlobReference, Hop, ModelUse, ReadPageWork, StageTimes } from '@waybill/contracts';
import type { PageRaster, PageReading } from '@waybill/document-layout';

/** A page read, before it is laid out. */
export interface PageRead {
  readonly reading: PageReading;
  /** A picture of the page: new bytes to be stored, or a reference to what is stored already. */
  readonly image?: { readonly bytes: Uint8Array; readonly mediaType: string } | { readonly stored: BlobReference };
  /** Who read it and what that cost, when an engine that is paid for did. */
  readonly use?: ModelUse;
  /** The engine that looked at it, and where that is; absent where none did. */
  readonly hop?: Hop;
  /** The page made small; absent when nothing was looked at. */
  readonly look?: PageRaster;
  /** Milliseconds by step. */
  readonly times: StageTimes;
}

/** Port: reads one page of a work. Rejects with a `StageError`, or with the reason of the signal. */
export interface PageReader {
  /** `signal` is asked for only by readers that take long enough to be aborted. */
  read(work: ReadPageWork, signal: () => AbortSignal): Promise<PageRead>;
}
