import { createRequire } from 'node:module';
import type { OcrEngine, PageRaster, RecognisedPage } from '@waybill/document-layout';
import { ThreadPool, threadScript } from '@waybill/thread-pool';
import { editionsOf, jobLanguageData, languageData, type LanguageData } from '../tesseract-data/language-data.js';
import type { RecogniseTask } from './recognise-task.js';

export interface TesseractEngineOptions {
  /** Pages recognised at once at most. */
  readonly workers: number;
  readonly pageTimeoutMs: number;
  /** Checked at once, so that a service without its data does not start. */
  readonly languages: readonly string[];
}

const { version } = createRequire(import.meta.url)('tesseract.js/package.json') as { version: string };

/**
 * tesseract.js, one page a thread, threads pooled across jobs. A thread that dies, overruns or is aborted is replaced;
 * its page fails as retryable.
 */
export class TesseractEngine implements OcrEngine {
  readonly name = 'tesseract-js';
  readonly version = version;
  readonly #threads: ThreadPool;
  readonly #pageTimeoutMs: number;
  readonly settings: string;
  readonly #languages = new Map<string, LanguageData>();

  /** @throws ConfigurationError when a language has no data */
  constructor({ workers, pageTimeoutMs, languages }: TesseractEngineOptions) {
    for (const language of languages) this.#languages.set(language, languageData(language));
    this.settings = editionsOf([...this.#languages.values()]);
    this.#pageTimeoutMs = pageTimeoutMs;
    this.#threads = new ThreadPool({
      doing: 'recognising the page',
      script: threadScript('recognise.worker', import.meta.url),
      size: workers,
    });
  }

  async recognise(
    image: PageRaster,
    { languages, signal }: { languages: string[]; signal: AbortSignal },
  ): Promise<RecognisedPage> {
    const task: RecogniseTask = {
      image,
      languages: languages.map((code) => this.#dataOf(code)),
    };
    const affinity = languages.join('+');
    return this.#threads.run<RecognisedPage>(task, { signal, timeoutMs: this.#pageTimeoutMs, affinity });
  }

  close(): Promise<void> {
    return this.#threads.close();
  }

  #dataOf(language: string): LanguageData {
    const data = this.#languages.get(language) ?? jobLanguageData(language);
    this.#languages.set(language, data);
    return data;
  }
}
