import type { OcrEngine, PageDecoder } from '@waybill/document-layout';

/** What pages are read with; both hold worker threads until they are closed. */
export class ReadingTools {
  constructor(
    readonly decoder: PageDecoder,
    readonly engine: OcrEngine,
  ) {}

  async close(): Promise<void> {
    await Promise.all([this.decoder.close(), this.engine.close()]);
  }
}
