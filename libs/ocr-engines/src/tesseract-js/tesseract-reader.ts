import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RawWord } from '@waybill/document-layout';
import { StageError } from '@waybill/jobs';
import { createWorker, OEM, PSM, type Worker } from 'tesseract.js';
import type { GrayImage } from '../reading/gray-image.js';
import { measurePage, type PageMeasures } from '../reading/measure-page.js';
import type { Reader, Segmentation } from '../reading/reader.js';
import { tiffOf } from '../reading/tiff-file.js';
import { tsvWords } from '../reading/tsv-words.js';
import type { LanguageData } from '../tesseract-data/language-data.js';

const segmentationModes = { page: PSM.AUTO, block: PSM.SINGLE_BLOCK, sparse: PSM.SPARSE_TEXT } as const;

/**
 * Density: the engine guesses sizes from it, and pictures are scaled to what 300 dpi print looks like. Inversion: pages are
 * turned dark on light before; the engine would read every unsure line a second time, light on dark. Pitch: the neural engine parts words
 * itself and has no use for it, while looking for print of one pitch takes a fortieth of the time.
 */
const steadyParameters = {
  user_defined_dpi: '300',
  tessedit_do_invert: '0',
  textord_all_prop: '1',
  debug_file: '/dev/null',
};

/** One tesseract.js worker, which is a thread of its own, with its languages loaded. */
export class TesseractReader implements Reader {
  readonly #worker: Worker;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** Loads the languages, the first one leading. Nothing is fetched or kept on disk. */
  static async open(languages: readonly LanguageData[]): Promise<TesseractReader> {
    const codes = languages.map(({ code }) => code).join('+');
    return withOneFolder(languages, async (folder) => {
      const worker = await startWorker(codes, folder);
      await worker.setParameters(steadyParameters);
      return new TesseractReader(worker);
    });
  }

  async read(image: GrayImage, segmentation: Segmentation): Promise<RawWord[]> {
    await this.#worker.setParameters({ tessedit_pageseg_mode: segmentationModes[segmentation] });
    // Of all forms of output this is by far the smallest: the tree of blocks tells of every letter, too.
    const { data } = await this.#worker.recognize(tiffOf(image), {}, { text: false, tsv: true });
    return tsvWords(data.tsv ?? '');
  }

  measure(page: GrayImage): Promise<PageMeasures> {
    return measurePage(page);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** Starting takes half a second, on a machine with much else to do some seconds; one that does not start never says so. */
const startLimitMs = 30_000;

/** @throws StageError `worker-died` (retryable) when it does not start */
function startWorker(codes: string, folder: string): Promise<Worker> {
  // Without a handler an engine's error is thrown where nobody can catch it; without a race it is never told.
  return new Promise<Worker>((resolve, reject) => {
    const fail = (cause: unknown): void =>
      reject(new StageError('worker-died', 'The engine tesseract.js did not start.', { retryable: true, cause }));
    const timer = setTimeout(fail, startLimitMs, `Nothing was heard of it for ${startLimitMs} ms.`);
    const errorHandler = (error: unknown): void => fail(String(error));
    const options = { langPath: folder, gzip: true, cacheMethod: 'none', errorHandler };
    createWorker(codes, OEM.LSTM_ONLY, options)
      .then(resolve, fail)
      .finally(() => clearTimeout(timer));
  });
}

/** tesseract.js loads all languages from one folder, and sees from their bytes whether they are compressed. */
async function withOneFolder<Result>(
  languages: readonly LanguageData[],
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-languages-'));
  try {
    const link = ({ code, file }: LanguageData): Promise<void> => symlink(file, join(folder, `${code}.traineddata.gz`));
    await Promise.all(languages.map(link));
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
