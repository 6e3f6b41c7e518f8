import type { OcrEngine, PageDecoder, ReadingCache } from '@waybill/document-layout';
import { RecognisePicture } from './recognise-picture.js';

/** What pages are read with; decoder and engine hold worker threads until they are closed. */
export class ReadingTools {
  readonly pictures: RecognisePicture;

  constructor(
    readonly decoder: PageDecoder,
    private readonly engine: OcrEngine,
    cache: ReadingCache,
    fingerprint: string,
  ) {
    this.pictures = new RecognisePicture(engine, cache, fingerprint);
  }

  async close(): Promise<void> {
    await Promise.all([this.decoder.close(), this.engine.close()]);
  }
}
