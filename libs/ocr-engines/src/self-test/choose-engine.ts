import type { OcrEngine, PageRaster } from '@waybill/document-layout';

/** A picture of a page whose words are known. */
export interface SelfTestPage {
  readonly raster: PageRaster;
  readonly words: readonly string[];
}

/** What an engine made of the page. */
export interface SelfTestResult {
  readonly engine: OcrEngine;
  /** Share of the page's words that it found; 0 when it failed. */
  readonly found: number;
  readonly ms: number;
}

/** An engine that finds fewer words than the best one by more than this is no choice, however fast it is. */
const foundTolerance = 0.02;
const limitMs = 30_000;

/** Lets engines read the page, one after the other so that none slows another, twice each: the first time loads data. */
export async function testEngines(engines: readonly OcrEngine[], page: SelfTestPage): Promise<SelfTestResult[]> {
  const results: SelfTestResult[] = [];
  for (const engine of engines) {
    await readOnce(engine, page);
    results.push(await readOnce(engine, page));
  }
  return results;
}

async function readOnce(engine: OcrEngine, { raster, words }: SelfTestPage): Promise<SelfTestResult> {
  const started = performance.now();
  try {
    const read = await engine.recognise(raster, { languages: ['eng'], signal: AbortSignal.timeout(limitMs) });
    const seen = new Set(read.words.map(({ text }) => text));
    const found = words.filter((word) => seen.has(word)).length / Math.max(1, words.length);
    return { engine, found, ms: performance.now() - started };
  } catch {
    // An engine that cannot read the page is not chosen; that is all there is to know about it.
    return { engine, found: 0, ms: performance.now() - started };
  }
}

/** The fastest of those that find about as many words as the best one; undefined without any. */
export function bestOf(results: readonly SelfTestResult[]): SelfTestResult | undefined {
  const most = Math.max(...results.map(({ found }) => found));
  return results.filter(({ found }) => found >= most - foundTolerance).toSorted((one, other) => one.ms - other.ms)[0];
}
