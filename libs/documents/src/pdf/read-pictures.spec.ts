import { describe, expect, it } from '@jest/globals';
import { degrees, PDFDocument, type PDFPage } from 'pdf-lib';
import sharp from 'sharp';
import { PdfDocument } from './pdf-document.js';
import { readPictures } from './read-pictures.js';

/** Each area as "kind x0 y0 x1 y1" in whole points, on a page of 400 by 200 points. */
async function areasOf(draw: (page: PDFPage, document: PDFDocument) => void | Promise<void>): Promise<string[]> {
  const document = await PDFDocument.create();
  await draw(document.addPage([400, 200]), document);
  const opened = await PdfDocument.open(await document.save());
  try {
    const areas = await opened.withPage(1, readPictures);
    return areas.map(({ kind, box }) => [kind, ...box.map((edge) => Math.round(edge))].join(' '));
  } finally {
    opened.close();
  }
}
const pixels = (): Promise<Buffer> =>
  sharp({ create: { width: 20, height: 20, channels: 3, background: '#3070a0' } })
    .jpeg()
    .toBuffer();

describe('readPictures', () => {
  it('finds placed images, in points from the top left, and joins the strips of one', async () => {
    const areas = await areasOf(async (page, document) => {
      const image = await document.embedJpg(await pixels());
      page.drawImage(image, { x: 50, y: 100, width: 100, height: 40 });
      page.drawImage(image, { x: 50, y: 60, width: 100, height: 40 });
      page.drawImage(image, { x: 300, y: 100, width: 50, height: 50 });
    });
    expect(areas).toEqual(['picture 50 60 150 140', 'picture 300 50 350 100']);
  });

  it('turns with the page', async () => {
    const areas = await areasOf(async (page, document) => {
      page.setRotation(degrees(90));
      page.drawImage(await document.embedJpg(await pixels()), { x: 50, y: 100, width: 100, height: 40 });
    });
    expect(areas).toEqual(['picture 100 50 140 150']);
  });

  it('takes many curves close together for a drawing, and lines, frames and a single sign for none', async () => {
    const areas = await areasOf((page) => {
      for (let at = 0; at < 8; at += 1) page.drawCircle({ x: 60 + 14 * at, y: 120, size: 8 });
      page.drawCircle({ x: 300, y: 40, size: 8 });
      page.drawRectangle({ x: 250, y: 100, width: 100, height: 60, borderWidth: 1 });
    });
    expect(areas).toHaveLength(1);
    expect(areas[0]).toMatch(/^drawing 5\d 7\d 16\d 8\d$/);
  });
});
