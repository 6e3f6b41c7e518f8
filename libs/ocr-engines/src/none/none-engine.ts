import type { OcrEngine, RecognisedPage } from '@waybill/document-layout';

/** Reads no words, at once. For measuring what is around an engine. */
export class NoneEngine implements OcrEngine {
  readonly name = 'none';
  readonly version = '';

  async recognise(): Promise<RecognisedPage> {
    return { words: [], rotation: 0, skewDegrees: 0, remarks: [] };
  }

  async close(): Promise<void> {
    // Nothing is held.
  }
}
