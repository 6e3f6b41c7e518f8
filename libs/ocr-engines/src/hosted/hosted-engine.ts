import type { Box } from '@waybill/contracts';
import type { OcrEngine, PageRaster, RecognisedPage } from '@waybill/document-layout';
import { StageError } from '@waybill/jobs';
import type { OcrPrice } from '@waybill/llm-routing';
import { drawPicture } from './draw-picture.js';
import type { HostedReader, HostedReading } from './hosted-reader.js';
import { orientationOf } from './orientation.js';
import { tableRules } from './table-rules.js';

/** What is billed for a page; `costUsdPerUnit` may be 0 for an engine of one's own. */
export type EnginePrice = Pick<OcrPrice, 'id' | 'tier' | 'costUsdPerUnit' | 'mostUnitsPerPage'>;

export interface HostedEngineOptions {
  readonly name: string;
  /** The model or API version, as it stands beside the name. */
  readonly version: string;
  readonly settings: string;
  readonly price: EnginePrice;
  /** Where the price comes from. */
  readonly catalogVersion: string;
  /** Where the provider may process pages; undefined for unknown. */
  readonly regions: readonly string[] | undefined;
  readonly pageTimeoutMs: number;
}

/** An engine behind a network: one provider's protocol, with what all of them need around it. */
export class HostedEngine implements OcrEngine {
  readonly name: string;
  readonly version: string;
  readonly settings: string;
  readonly mostUsdPerPage: number;
  readonly processedIn: readonly string[] | 'unknown';

  constructor(
    private readonly options: HostedEngineOptions,
    private readonly reader: HostedReader,
  ) {
    this.name = options.name;
    this.version = options.version;
    this.settings = options.settings;
    this.processedIn = options.regions ?? 'unknown';
    this.mostUsdPerPage = options.price.costUsdPerUnit * options.price.mostUnitsPerPage;
  }

  async recognise(
    image: PageRaster,
    { languages, signal }: { languages: string[]; signal: AbortSignal },
  ): Promise<RecognisedPage> {
    signal.throwIfAborted();
    const { pageTimeoutMs, name } = this.options;
    const overrun = new AbortController();
    const timer = setTimeout(() => {
      const sentence = `Reading the page with ${name} took longer than ${pageTimeoutMs} ms; it is tried again.`;
      overrun.abort(new StageError('timeout', sentence, { retryable: true }));
    }, pageTimeoutMs);
    const ending = AbortSignal.any([signal, overrun.signal]);
    try {
      const picture = await drawPicture(image, this.reader.limits);
      return this.#recognised(await this.reader.read({ picture, languages, signal: ending }), image);
    } catch (error) {
      if (ending.aborted) throw ending.reason;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  close(): Promise<void> {
    return this.reader.close();
  }

  #recognised({ words, tables, pairs, billedUnits, remarks }: HostedReading, image: PageRaster): RecognisedPage {
    const { width, height } = image;
    const pixels = ([x0, y0, x1, y1]: Box): Box => [
      within(x0) * width,
      within(y0) * height,
      within(x1) * width,
      within(y1) * height,
    ];
    const { price, catalogVersion } = this.options;
    const { id, tier, costUsdPerUnit } = price;
    const costUsd = Math.round(billedUnits * costUsdPerUnit * 1e10) / 1e10;
    return {
      words: words
        .filter(({ text }) => text.trim() !== '')
        .map(({ text, box, confidence }) => ({ text, box: pixels(box), confidence: within(confidence) })),
      ...orientationOf(words, image),
      rules: tables.flatMap((cells) => tableRules(cells.map(({ box }) => pixels(box)))),
      pairs: pairs.map(({ key, value, confidence }) => ({
        key: { text: key.text, box: pixels(key.box) },
        value: { text: value.text, box: pixels(value.box) },
        confidence: within(confidence),
      })),
      ...(costUsd > 0 ? { use: { model: id, tier, costUsd, catalogVersion } } : {}),
      remarks: [...remarks],
    };
  }
}

const within = (share: number): number => (Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0);
