import { spawnSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { OcrEngine, PageRaster, RecognisedPage } from '@waybill/document-layout';
import { chooseOcrEngine, createOcrEngine } from '@waybill/ocr-engines';
import { loadEnvironment } from '@waybill/platform';
import { drawSamples, drawTestPage } from '@waybill/samples';
import sharp from 'sharp';
import { temporaryFolder, type TemporaryFolder } from '../../support/index.js';

const never = new AbortController().signal;
const languages = ['eng'];

/** A sample page in gray, turned as asked. */
async function rasterOf(path: string, turn = 0): Promise<PageRaster> {
  const { data, info } = await sharp(path)
    .grayscale()
    .rotate(turn)
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 1, dpi: null };
}

const textOf = ({ words }: RecognisedPage): string => words.map(({ text }) => text).join(' ');

const isInstalled = spawnSync('tesseract', ['--version']).status === 0;
/** Every engine on this machine keeps what the port promises. */
const engines = ['tesseract-js', ...(isInstalled ? ['tesseract-native' as const] : [])] as const;

describe.each(engines)('%s', (name) => {
  let engine: OcrEngine;
  let folder: TemporaryFolder;
  let receipt: string;

  beforeAll(async () => {
    folder = await temporaryFolder('samples');
    const samples = await drawSamples(folder.path);
    receipt = samples.find(({ name }) => name === 'receipt-photo.jpg')!.path;
  });
  afterEach(() => engine.close());
  afterAll(() => folder.remove());

  const open = (pageTimeoutMs = 120_000): OcrEngine =>
    (engine = createOcrEngine({
      WAYBILL_OCR_ENGINE: name,
      WAYBILL_OCR_WORKERS: 1,
      WAYBILL_OCR_LANGUAGES: 'eng',
      WAYBILL_PAGE_TIMEOUT_MS: pageTimeoutMs,
    }));

  it('reads a photographed receipt, also when it stands on its head, with boxes of the page as it lies', async () => {
    open();
    const upright = await engine.recognise(await rasterOf(receipt), { languages, signal: never });
    const turned = await engine.recognise(await rasterOf(receipt, 180), { languages, signal: never });
    expect(textOf(upright)).toContain('39.84');
    expect(textOf(turned)).toContain('39.84');
    expect([upright.rotation, turned.rotation]).toEqual([0, 180]);

    const { width, height } = await rasterOf(receipt);
    const total = (page: RecognisedPage) => page.words.find(({ text }) => text.includes('39.84'))!.box;
    const [here, there] = [total(upright), total(turned)];
    expect(Math.abs(width - there[0] - here[2])).toBeLessThan(6);
    expect(Math.abs(height - there[1] - here[3])).toBeLessThan(6);
  });

  it('stops when it is aborted, and reads the next page', async () => {
    open();
    const raster = await rasterOf(receipt);
    const controller = new AbortController();
    const aborted = engine.recognise(raster, { languages, signal: controller.signal });
    const next = engine.recognise(raster, { languages, signal: never });
    controller.abort(new Error('The job was cancelled.'));
    await expect(aborted).rejects.toThrow('The job was cancelled.');
    expect(textOf(await next)).toContain('39.84');
  });

  it('gives up a page that takes too long, as worth another attempt', async () => {
    open(1);
    const slow = engine.recognise(await rasterOf(receipt), { languages, signal: never });
    await expect(slow).rejects.toMatchObject({ failure: { code: 'timeout' }, retryable: true });
  });

  it('leaves the event loop free while it reads', async () => {
    open();
    const raster = await rasterOf(receipt);
    await engine.recognise(raster, { languages, signal: never });
    let turns = 0;
    let isReading = true;
    const reading = engine.recognise(raster, { languages, signal: never }).finally(() => (isReading = false));
    while (isReading) {
      turns += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await reading;
    expect(turns).toBeGreaterThan(100);
  });
});

describe('a choice of engines', () => {
  const environment = loadEnvironment({ WAYBILL_OCR_WORKERS: '1' });
  const drawSelfTest = async () => {
    const { page, words } = await drawTestPage();
    return { raster: { ...page, channels: 1 as const, dpi: 200 }, words };
  };

  it('takes one that reads the test page, and says which one it is', async () => {
    const engine = await chooseOcrEngine(environment, drawSelfTest);
    try {
      expect(engines).toContain(engine.name);
      expect(engine.version).toMatch(/^\d+\.\d/);
      const { raster, words } = await drawSelfTest();
      const read = await engine.recognise(raster, { languages, signal: never });
      const found = new Set(read.words.map(({ text }) => text));
      expect(words.filter((word) => !found.has(word))).toEqual([]);
      expect(read.attempts).toEqual([expect.objectContaining({ outcome: 'kept' })]);
    } finally {
      await engine.close();
    }
  });
});
