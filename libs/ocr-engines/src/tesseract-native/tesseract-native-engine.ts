import type { OcrEngine, PageRaster, RecognisedPage } from '@waybill/document-layout';
import { ThreadPool, threadScript } from '@waybill/thread-pool';
import type { PageMeasures } from '../reading/measure-page.js';
import { readRaster } from '../reading/read-raster.js';
import type { Network, Reader, Segmentation } from '../reading/reader.js';
import { tsvWords } from '../reading/tsv-words.js';
import {
  editionsOf,
  jobLanguageData,
  languageData,
  largerData,
  type LanguageData,
} from '../tesseract-data/language-data.js';
import { LanguageFolder } from './language-folder.js';
import type { MeasureTask } from './measure-task.js';
import { StandingTesseracts } from './standing-tesseracts.js';
import type { CallTesseract } from './tesseract-call.js';
import { runTesseract } from './tesseract-process.js';

export interface TesseractNativeOptions {
  /** As `installedTesseract` found it. */
  readonly version: string;
  /** Pages recognised at once at most. */
  readonly workers: number;
  readonly pageTimeoutMs: number;
  /** Checked at once, so that a service without its data does not start. */
  readonly languages: readonly string[];
  /** `standing`: processes stay for the next reading, which `staysForMore` finds out. */
  readonly processes: 'standing' | 'per-reading';
}

const segmentationModes = { page: '3', block: '6', sparse: '11' } as const satisfies Record<Segmentation, string>;

/** Its output is a pipe, which it would fill before it hands anything on. */
const standingCommand = ['stdbuf', '-oL', 'tesseract', '-', '-'] as const;

/** Why, says tesseract-reader.ts of tesseract-js. */
const steadyArguments = [
  '--oem',
  '1',
  '--dpi',
  '300',
  '-c',
  'tessedit_do_invert=0',
  '-c',
  'tessedit_create_tsv=1',
  '-c',
  'tessedit_enable_doc_dict=0',
  '-c',
  'textord_all_prop=1',
];

/** The larger network of a language where there is one, else the only one. */
const largerOr = (data: LanguageData): LanguageData => largerData(data) ?? data;

/** The `tesseract` command of the system. Pages are measured in threads, as many at once as there are workers. */
export class TesseractNativeEngine implements OcrEngine {
  readonly name = 'tesseract-native';
  readonly version: string;
  readonly settings: string;
  readonly #options: TesseractNativeOptions;
  readonly #threads: ThreadPool;
  readonly #folders: Readonly<Record<Network, LanguageFolder>> = {
    usual: new LanguageFolder(),
    larger: new LanguageFolder(),
  };
  readonly #standing = new StandingTesseracts(standingCommand);
  readonly #call: CallTesseract;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  /** @throws ConfigurationError when a language has no data */
  constructor(options: TesseractNativeOptions) {
    this.version = options.version;
    const data = options.languages.map(languageData);
    this.settings = `${editionsOf(data)}; for doubtful pictures ${editionsOf(data.map(largerOr))}`;
    this.#options = options;
    this.#call = (call) =>
      options.processes === 'standing' ? this.#standing.call(call) : runTesseract(['tesseract', '-', '-'], call);
    const script = threadScript('measure.worker', import.meta.url);
    this.#threads = new ThreadPool({ doing: 'measuring the page', script, size: options.workers });
  }

  async recognise(
    image: PageRaster,
    { languages, signal }: { languages: string[]; signal: AbortSignal },
  ): Promise<RecognisedPage> {
    const data = languages.map(jobLanguageData);
    await this.#enter();
    try {
      signal.throwIfAborted();
      return await readRaster(image, this.#readerOf(data, signal, performance.now() + this.#options.pageTimeoutMs));
    } finally {
      this.#leave();
    }
  }

  async close(): Promise<void> {
    const folders = Object.values(this.#folders).map((folder) => folder.remove());
    await Promise.all([this.#threads.close(), this.#standing.close(), ...folders]);
  }

  #readerOf(languages: readonly LanguageData[], signal: AbortSignal, endMs: number): Reader {
    const codes = languages.map(({ code }) => code).join('+');
    const left = (): number => Math.max(1, Math.round(endMs - performance.now()));
    return {
      read: async (picture, segmentation, network) => {
        const wanted = network === 'larger' ? languages.map(largerOr) : languages;
        const folder = await this.#folders[network].holding(wanted);
        const how = ['-l', codes, '--tessdata-dir', folder, '--psm', segmentationModes[segmentation]];
        const settings = [...how, ...steadyArguments];
        return tsvWords(await this.#call({ settings, picture, timeoutMs: left(), signal }));
      },
      measure: (page) => {
        const task: MeasureTask = { page };
        return this.#threads.run<PageMeasures>(task, { signal, timeoutMs: left() });
      },
    };
  }

  async #enter(): Promise<void> {
    if (this.#underWay < this.#options.workers) this.#underWay += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** The place goes to who waits longest, or becomes free. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#underWay -= 1;
  }
}
