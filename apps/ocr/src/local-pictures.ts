import type { OcrEngine, ReadingCache } from '@waybill/document-layout';
import { RecognisePicture } from '@waybill/page-reading';

/** An engine of this machine for jobs that forbid the usual one. It holds threads, so it is opened when it is first wanted. */
export class LocalPictures {
  #engine: Promise<OcrEngine | undefined> | undefined;
  #pictures: RecognisePicture | undefined;

  /** @param openEngine undefined where none can be opened, for good */
  constructor(
    private readonly openEngine: () => Promise<OcrEngine | undefined>,
    private readonly cache: ReadingCache,
    private readonly fingerprint: string,
  ) {}

  async get(): Promise<RecognisePicture | undefined> {
    this.#engine ??= this.openEngine();
    const engine = await this.#engine;
    if (engine) this.#pictures ??= new RecognisePicture(engine, this.cache, this.fingerprint);
    return this.#pictures;
  }

  async close(): Promise<void> {
    await (await this.#engine)?.close();
  }
}
