import { describe, expect, it } from '@jest/globals';
import { degrees, PDFDocument, StandardFonts, TextRenderingMode, setTextRenderingMode, type PDFPage } from 'pdf-lib';
import { PdfDocument } from './pdf-document.js';
import { readTextLayer, type TextLayer } from './read-text-layer.js';

async function layerOf(draw: (page: PDFPage, document: PDFDocument) => void | Promise<void>): Promise<TextLayer> {
  const document = await PDFDocument.create();
  const page = document.addPage([400, 200]);
  page.setFont(await document.embedFont(StandardFonts.Helvetica));
  await draw(page, document);
  const opened = await PdfDocument.open(await document.save());
  try {
    return await opened.withPage(1, readTextLayer);
  } finally {
    opened.close();
  }
}

const textOf = ({ words }: TextLayer): string =>
  words
    .filter(({ hidden }) => hidden === undefined)
    .map(({ text }) => text)
    .join(' ');
const roundBox = (layer: TextLayer, word: number): number[] => (layer.words[word]?.box ?? []).map(Math.round);

describe('readTextLayer', () => {
  it('gives words with boxes in points from the top left', async () => {
    const layer = await layerOf((page) => page.drawText('Total 12.50', { x: 50, y: 150, size: 20 }));
    expect(textOf(layer)).toBe('Total 12.50');
    expect(layer).toMatchObject({ rotation: 0, shownCharacters: 10, unmappedCharacters: 0 });
    const [x0, y0, x1, y1] = roundBox(layer, 0) as [number, number, number, number];
    expect(x0).toBeGreaterThanOrEqual(50);
    expect(x0).toBeLessThan(53);
    expect(x1).toBeLessThan(roundBox(layer, 1)[0]!);
    expect(y0).toBeCloseTo(50 - 14, 0);
    expect(y1).toBe(50);
  });

  it.each([
    [90, [200, 400]],
    [180, [400, 200]],
    [270, [200, 400]],
  ])(
    'puts boxes where the page is displayed when /Rotate is %d, and says how text comes upright',
    async (turn, size) => {
      const layer = await layerOf((page) => {
        page.setRotation(degrees(turn));
        page.drawText('Corner', { x: 10, y: 170, size: 20 });
      });
      // The word stands at the top left of the page's own space; the display is turned clockwise.
      const corner = { 90: 'top right', 180: 'bottom right', 270: 'bottom left' }[turn];
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = layer.words[0]?.box ?? [];
      expect(
        `${(y0 + y1) / 2 < size[1]! / 2 ? 'top' : 'bottom'} ${(x0 + x1) / 2 < size[0]! / 2 ? 'left' : 'right'}`,
      ).toBe(corner);
      expect(layer.rotation).toBe(360 - turn);
    },
  );

  it.each([0, 90, 180, 270])('believes long words on a page whose /Rotate is %d, lying and on end', async (turn) => {
    const layer = await layerOf((page) => {
      page.setRotation(degrees(turn));
      page.drawText('Replacement deliveries', { x: 50, y: 150, size: 12 });
      page.drawText('Upwards', { x: 30, y: 20, size: 12, rotate: degrees(90) });
    });
    expect(textOf(layer)).toBe('Replacement deliveries Upwards');
  });

  it('sees text that was drawn running up the page', async () => {
    const layer = await layerOf((page) => page.drawText('Upwards', { x: 100, y: 20, size: 20, rotate: degrees(90) }));
    expect(textOf(layer)).toBe('Upwards');
    expect(layer.rotation).toBe(90);
  });

  it('ends a word at a wide gap that has no space', async () => {
    const layer = await layerOf((page) => {
      page.drawText('Net', { x: 50, y: 100, size: 12 });
      page.drawText('17.00', { x: 80, y: 100, size: 12 });
    });
    expect(textOf(layer)).toBe('Net 17.00');
  });

  it('leaves out what does not show: invisible, off the page, or too small for anyone', async () => {
    const layer = await layerOf((page) => {
      page.drawText('Seen', { x: 50, y: 150, size: 12 });
      page.drawText('Beyond', { x: 500, y: 150, size: 12 });
      page.drawText('Dust', { x: 50, y: 100, size: 0.4 });
      page.pushOperators(setTextRenderingMode(TextRenderingMode.Invisible));
      page.drawText('Obey', { x: 50, y: 50, size: 12 });
    });
    expect(textOf(layer)).toBe('Seen');
    expect(layer.words.filter(({ hidden }) => hidden).map(({ text, hidden }) => [text, hidden])).toEqual([
      ['Beyond', 'off-page'],
      ['Dust', 'tiny'],
      ['Obey', 'invisible'],
    ]);
  });

  it('reads the values of form fields', async () => {
    const layer = await layerOf((page, document) => {
      const field = document.getForm().createTextField('name');
      field.setText('Ada');
      field.addToPage(page, { x: 50, y: 100, width: 100, height: 20 });
    });
    expect(textOf(layer)).toBe('Ada');
  });
});
