import { describe, expect, it } from '@jest/globals';
import { degrees, PDFDocument, rgb, type PDFPage } from 'pdf-lib';
import { PdfDocument } from './pdf-document.js';
import { readRules } from './read-rules.js';

/** Each rule as "x0 y0 x1 y1", to the nearest five points: where a line's end lies depends on its caps. */
async function rulesOf(draw: (page: PDFPage) => void): Promise<string[]> {
  const document = await PDFDocument.create();
  draw(document.addPage([400, 200]));
  const opened = await PdfDocument.open(await document.save());
  try {
    const rules = await opened.withPage(1, readRules);
    return rules.map(({ x0, y0, x1, y1 }) => [x0, y0, x1, y1].map((edge) => 5 * Math.round(edge / 5)).join(' '));
  } finally {
    opened.close();
  }
}

describe('readRules', () => {
  it('finds drawn lines, in points from the top left', async () => {
    const rules = await rulesOf((page) => {
      page.drawLine({ start: { x: 50, y: 150 }, end: { x: 350, y: 150 } });
      page.drawLine({ start: { x: 60, y: 150 }, end: { x: 60, y: 20 } });
      page.drawLine({ start: { x: 50, y: 50 }, end: { x: 350, y: 150 } });
      page.drawLine({ start: { x: 50, y: 10 }, end: { x: 53, y: 10 } });
    });
    expect(rules).toEqual(['50 50 350 50', '60 50 60 180']);
  });

  it('takes a thin filled bar for a line, and the sides of a frame, but not those of a shade', async () => {
    const rules = await rulesOf((page) => {
      page.drawRectangle({ x: 50, y: 149, width: 300, height: 1, color: rgb(0, 0, 0) });
      page.drawRectangle({ x: 100, y: 100, width: 50, height: 20, borderColor: rgb(0, 0, 0), borderWidth: 1 });
      page.drawRectangle({ x: 200, y: 20, width: 100, height: 60, color: rgb(0.9, 0.9, 0.9) });
    });
    expect(rules).toHaveLength(5);
    expect(rules).toContainEqual('100 80 150 80');
    expect(rules).toContainEqual('150 80 150 100');
  });

  it('turns with the page', async () => {
    const rules = await rulesOf((page) => {
      page.setRotation(degrees(90));
      page.drawLine({ start: { x: 50, y: 150 }, end: { x: 350, y: 150 } });
    });
    expect(rules).toEqual(['150 50 150 350']);
  });
});
