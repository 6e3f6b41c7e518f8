import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { OcrEngine, PageRaster, RecognisedPage } from '@waybill/document-layout';
import { createOcrEngine } from '@waybill/ocr-engines';
import { loadEnvironment } from '@waybill/platform';
import {
  drawnPage,
  type OcrSimulator,
  rasterOf,
  simulateAzure,
  simulateGoogle,
  simulateMistral,
  simulateReducto,
  simulateTextract,
} from '@waybill/provider-simulator';

const page = drawnPage();
let raster: PageRaster;
let simulator: OcrSimulator;
let engine: OcrEngine;

beforeAll(async () => {
  raster = await rasterOf(page);
});
afterEach(async () => {
  await engine.close();
  await simulator.server.stop();
  await simulator.remove?.();
});

const open = (started: OcrSimulator, more: Record<string, string> = {}): void => {
  simulator = started;
  engine = createOcrEngine(loadEnvironment({ ...simulator.environment, ...more }));
};
const read = (): Promise<RecognisedPage> =>
  engine.recognise(raster, { languages: ['eng'], signal: new AbortController().signal });

describe('Azure Document Intelligence', () => {
  it('is not asked for a result at another server, which would get the key', async () => {
    open(await simulateAzure(page));
    const headers = { 'operation-location': 'https://elsewhere.example/documentintelligence/x' };
    simulator.server.script(simulator.pagePath, { status: 202, headers });
    await expect(read()).rejects.toMatchObject({ failure: { code: 'invalid-answer' } });
    expect(simulator.server.requests).toHaveLength(1);
  });

  it('may end an analysis as failed', async () => {
    open(await simulateAzure(page));
    const error = { code: 'InternalServerError', message: 'An unexpected error occurred.' };
    simulator.server.script(/analyzeResults/, { status: 200, body: { status: 'failed', error } });
    await expect(read()).rejects.toMatchObject({ failure: { code: 'unavailable' }, retryable: true });
  });

  it('reads words alone for less', async () => {
    open(await simulateAzure(page), { WAYBILL_OCR_AZURE_MODEL: 'prebuilt-read' });
    const { use, rules } = await read();
    expect({ use: use?.costUsd, rules }).toEqual({ use: 0.0015, rules: [] });
  });
});

describe('AWS Textract', () => {
  it.each([
    ['text', 0.0015],
    ['tables', 0.015],
  ])('does only what is paid for: %s', async (features, costUsd) => {
    open(await simulateTextract(page), { WAYBILL_OCR_AWS_FEATURES: features });
    const { use, pairs, rules = [] } = await read();
    expect({ cost: use?.costUsd, pairs, tables: rules.length > 0 }).toEqual({
      cost: costUsd,
      pairs: [],
      tables: features === 'tables',
    });
  });
});

describe('Google Document AI', () => {
  const tokensAsked = (): number => simulator.server.requests.filter(({ url }) => url.pathname === '/token').length;

  it('is asked for one token for many pages, and for another when that is withdrawn', async () => {
    open(await simulateGoogle(page));
    await read();
    await read();
    expect(tokensAsked()).toBe(1);
    simulator.server.script(simulator.pagePath, simulator.refusals['wrong-key']);
    await expect(read()).rejects.toMatchObject({ failure: { code: 'model-failed' } });
    await read();
    expect(tokensAsked()).toBe(2);
  });

  it('gives no token for an account that it does not know', async () => {
    open(await simulateGoogle(page));
    const body = { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' };
    simulator.server.script(/^\/token$/, { status: 400, body });
    await expect(read()).rejects.toMatchObject({ failure: { code: 'model-failed' }, retryable: false });
  });
});

describe('Mistral OCR', () => {
  it('gives the older model words by order only, and says so', async () => {
    open(await simulateMistral(page), { WAYBILL_OCR_MISTRAL_MODEL: 'mistral-ocr-2512' });
    const { words, use, remarks } = await read();
    expect(words.map(({ text }) => text)).toContain('30.40');
    expect(use?.costUsd).toBe(0.002);
    expect(remarks).toEqual([expect.stringContaining('by order only')]);
  });
});

describe('Reducto', () => {
  it.each(['job', 'address'] as const)('may answer with a %s instead of the result', async (way) => {
    const started = await simulateReducto(page);
    started.answerWith(way);
    open(started);
    expect((await read()).words.map(({ text }) => text)).toContain('30.40');
    expect(simulator.server.billedPages).toBe(1);
  });
});
