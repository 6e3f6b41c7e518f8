import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PDFDocument } from 'pdf-lib';
import sharp from 'sharp';
import { drawSamples, type SampleFile } from './draw-samples.js';

let folder: string;
let files: SampleFile[];

const drawingTimeoutMs = 60_000;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samples-'));
  files = await drawSamples(folder);
}, drawingTimeoutMs);
afterAll(() => rm(folder, { recursive: true, force: true }));

const pathOf = (name: string): string => files.find((file) => file.name === name)?.path ?? '';

describe('drawSamples', () => {
  it('draws what it promises', async () => {
    expect(files.map(({ name, pages }) => [name, pages])).toEqual([
      ['receipt-photo.jpg', 1],
      ['invoice-scan.png', 1],
      ['invoice-three-pages.pdf', 3],
      ['letter-and-receipt.tiff', 2],
    ]);
    expect(await sharp(pathOf('receipt-photo.jpg')).metadata()).toMatchObject({ format: 'jpeg', density: 200 });
    expect(await sharp(pathOf('invoice-scan.png')).metadata()).toMatchObject({ format: 'png', channels: 1 });
    expect(await sharp(pathOf('letter-and-receipt.tiff')).metadata()).toMatchObject({
      format: 'tiff',
      pages: 2,
      channels: 1,
      hasAlpha: false,
    });
    const pdf = await PDFDocument.load(await readFile(pathOf('invoice-three-pages.pdf')));
    expect(pdf.getPageCount()).toBe(3);
  });

  it('puts ink on paper', async () => {
    for (const name of ['receipt-photo.jpg', 'invoice-scan.png']) {
      const { channels } = await sharp(pathOf(name)).greyscale().stats();
      expect(channels[0]?.min).toBeLessThan(80);
      expect(channels[0]?.max).toBeGreaterThan(200);
    }
  });

  it('knows sums that agree with each other', () => {
    for (const { expected } of files) {
      const { subtotal, tax, total, lineItems } = expected.values as Record<string, number> & {
        lineItems: { amount: number }[];
      };
      expect(subtotal! + tax!).toBeCloseTo(total!, 2);
      expect(lineItems.reduce((sum, item) => sum + item.amount, 0)).toBeCloseTo(subtotal!, 2);
    }
  });

  it('keeps what is drawn already, and replaces what is missing', async () => {
    const before = await stat(pathOf('invoice-scan.png'));
    await rm(pathOf('invoice-three-pages.pdf'));
    await drawSamples(folder);
    expect((await stat(pathOf('invoice-scan.png'))).mtimeMs).toBe(before.mtimeMs);
    expect((await stat(pathOf('invoice-three-pages.pdf'))).size).toBeGreaterThan(1_000);
  });

  it(
    'draws again when the files are of another version',
    async () => {
      await writeFile(join(folder, 'drawing-version'), 'older');
      await writeFile(pathOf('invoice-three-pages.pdf'), 'older');
      await drawSamples(folder);
      expect((await stat(pathOf('invoice-three-pages.pdf'))).size).toBeGreaterThan(1_000);
    },
    drawingTimeoutMs,
  );
});
