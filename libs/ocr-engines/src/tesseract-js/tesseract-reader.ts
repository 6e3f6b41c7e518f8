import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RawWord } from '@waybill/document-layout';
import { createWorker, OEM, PSM, type Worker } from 'tesseract.js';
import { engineWords } from './engine-words.js';
import { pgmOf, type GrayImage } from './gray-image.js';
import type { LanguageData } from './recognise-task.js';

/** How the engine divides a page. `page`: columns and blocks. `block`: one column of lines. `sparse`: words anywhere. */
export type Segmentation = 'page' | 'block' | 'sparse';
const segmentationModes = { page: PSM.AUTO, block: PSM.SINGLE_BLOCK, sparse: PSM.SPARSE_TEXT } as const;

/** Reads a prepared image. Boxes are its pixels. */
export interface Reader {
  read(image: GrayImage, segmentation: Segmentation): Promise<RawWord[]>;
}

/** The engine guesses sizes from this; the images it gets are scaled to what 300 dpi print looks like. */
const statedDpi = '300';

/** One tesseract.js worker, which is a thread of its own, with its languages loaded. */
export class TesseractReader implements Reader {
  readonly #worker: Worker;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** Loads the languages, the first one leading. Nothing is fetched or kept on disk. */
  static async open(languages: readonly LanguageData[]): Promise<TesseractReader> {
    const codes = languages.map(({ code }) => code).join('+');
    return withOneFolder(languages, async (folder) => new TesseractReader(await startWorker(codes, folder)));
  }

  async read(image: GrayImage, segmentation: Segmentation): Promise<RawWord[]> {
    await this.#worker.setParameters({
      tessedit_pageseg_mode: segmentationModes[segmentation],
      user_defined_dpi: statedDpi,
      debug_file: '/dev/null',
    });
    const { data } = await this.#worker.recognize(pgmOf(image), {}, { text: false, blocks: true });
    return engineWords(data.blocks ?? []);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

function startWorker(codes: string, folder: string): Promise<Worker> {
  // Without a handler an engine's error is thrown where nobody can catch it; without a race it is never told.
  return new Promise<Worker>((resolve, reject) => {
    const errorHandler = (error: unknown): void => reject(new Error(`tesseract.js did not start: ${String(error)}`));
    const options = { langPath: folder, gzip: true, cacheMethod: 'none', errorHandler };
    createWorker(codes, OEM.LSTM_ONLY, options).then(resolve, reject);
  });
}

/** tesseract.js loads all languages from one folder; each is a package of its own. */
async function withOneFolder<Result>(
  languages: readonly LanguageData[],
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const [only, ...more] = languages;
  if (only && more.length === 0) return use(only.folder);
  const folder = await mkdtemp(join(tmpdir(), 'waybill-languages-'));
  try {
    const link = ({ code, folder: from }: LanguageData): Promise<void> =>
      symlink(join(from, `${code}.traineddata.gz`), join(folder, `${code}.traineddata.gz`));
    await Promise.all(languages.map(link));
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
