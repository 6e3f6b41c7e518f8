import { describe, expect, it } from '@jest/globals';
import { degrees, PDFDocument, rgb, StandardFonts } from 'pdf-lib';
import sharp from 'sharp';
import { answerDocumentTask } from './answer-document-task.js';
import { decodePdfPage } from './decode-pdf-page.js';
import { OpenedPdfs } from './opened-pdfs.js';
import { PdfDocument } from './pdf/pdf-document.js';
import { decodeBytes } from './testing/decode-bytes.js';
import { drawEncryptedPdf } from '@waybill/samples';
import { usualLimits as limits } from './testing/usual-limits.js';

/** A page of 288 x 144 points (4 x 2 inches) that is one picture of 800 x 400 pixels, black at its left. */
async function scan(turn = 0): Promise<Uint8Array> {
  const left = { create: { width: 400, height: 400, channels: 3 as const, background: '#000000' } };
  const picture = await sharp({ create: { width: 800, height: 400, channels: 3, background: '#ffffff' } })
    .composite([{ input: left, left: 0, top: 0 }])
    .png()
    .toBuffer();
  const document = await PDFDocument.create();
  const page = document.addPage([288, 144]);
  page.setRotation(degrees(turn));
  page.drawImage(await document.embedPng(picture), { x: 0, y: 0, width: 288, height: 144 });
  return document.save();
}

async function decode(bytes: Uint8Array, page = 1) {
  const document = await PdfDocument.open(bytes);
  try {
    return await decodePdfPage(document, page, { limits, textLayerCheck: 'drawn' });
  } finally {
    document.close();
  }
}

describe('decodePdfPage', () => {
  it('draws a scan in its own density, with a picture for people', async () => {
    const page = await decode(await scan());
    expect(page).toMatchObject({ width: 288, height: 144, unit: 'pt', dpi: 200 });
    expect(page.raster).toMatchObject({ width: 800, height: 400, channels: 1 });
    expect([page.raster?.data[200 * 800 + 100], page.raster?.data[200 * 800 + 700]]).toEqual([0, 255]);
    if (page.display === 'source') throw new Error('A PDF is no picture.');
    expect(await sharp(page.display.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 520, height: 260 });
  });

  it('draws the page as it is displayed', async () => {
    const page = await decode(await scan(90));
    expect(page).toMatchObject({ width: 144, height: 288 });
    expect([page.raster?.data[100 * 400 + 200], page.raster?.data[700 * 400 + 200]]).toEqual([0, 255]);
  });

  it('gives the words of a digital page, and no raster', async () => {
    const document = await PDFDocument.create();
    const page = document.addPage([288, 144]);
    page.setFont(await document.embedFont(StandardFonts.Helvetica));
    page.drawText('Hello there', { x: 20, y: 100, size: 14, color: rgb(1, 0, 0) });
    const decoded = await decode(await document.save());
    expect(decoded.textLayer?.words.map(({ text }) => text)).toEqual(['Hello', 'there']);
    expect(decoded.raster).toBeUndefined();
  });

  it('refuses a page that is not there', async () => {
    await expect(decode(await scan(), 2)).rejects.toMatchObject({ failure: { code: 'unreadable-page' } });
  });

  it('refuses a page too large to be drawn legibly', async () => {
    const document = await PDFDocument.create();
    document.addPage([14_400, 14_400]).drawRectangle({ x: 0, y: 0, width: 9, height: 9 });
    const bytes = await document.save();
    const opened = await PdfDocument.open(bytes);
    const small = { ...limits, maxPixels: 1_000_000 };
    await expect(decodePdfPage(opened, 1, { limits: small, textLayerCheck: 'drawn' })).rejects.toMatchObject({
      failure: { code: 'too-large' },
    });
    opened.close();
  });
});

describe('counting the pages of a PDF', () => {
  const count = (bytes: Uint8Array) =>
    answerDocumentTask({ kind: 'count-pages', mediaType: 'application/pdf', bytes, limits }, new OpenedPdfs(0));

  it('counts them', async () => {
    const document = await PDFDocument.create();
    for (let page = 0; page < 7; page += 1) document.addPage();
    expect(await count(await document.save())).toEqual({ pages: 7 });
  });

  it('refuses what only calls itself a PDF', async () => {
    await expect(count(Buffer.from('%PDF-1.7\nnothing'))).rejects.toMatchObject({
      failure: { code: 'unreadable-document', message: expect.stringContaining('cannot be opened') },
    });
  });
});

describe('an encrypted PDF', () => {
  const bytes = drawEncryptedPdf('Total 60.00', 'open sesame');

  it('is read with its password', async () => {
    const page = await decodeBytes(bytes, { password: 'open sesame' });
    expect(page.textLayer?.words.map(({ text }) => text)).toEqual(['Total', '60.00']);
  });

  it.each([
    [undefined, 'protected by a password; submit it with "password"'],
    ['wrong', 'The password does not open the PDF'],
  ])('is refused with the password %p', async (password, sentence) => {
    const refusal = { failure: { code: 'unreadable-document', message: expect.stringContaining(sentence) } };
    await expect(decodeBytes(bytes, password === undefined ? {} : { password })).rejects.toMatchObject(refusal);
  });

  it('stays closed to those without its password while others have it open', async () => {
    const opened = new OpenedPdfs(1_000_000);
    await opened.open('same', bytes, { password: 'open sesame' });
    await expect(opened.open('same', bytes)).rejects.toMatchObject({ failure: { code: 'unreadable-document' } });
  });
});

describe('OpenedPdfs', () => {
  it('opens a document once while it is used, and closes the one used longest ago for room', async () => {
    const [one, two] = [await scan(), await scan(90)];
    const opened = new OpenedPdfs(2.5 * one.length);
    const first = await opened.open('one', one);
    await opened.open('two', two);
    expect(await opened.open('one', one)).toBe(first);
    await opened.open('three', await scan(180));
    expect(await opened.open('one', one)).toBe(first);
    const [again, held] = [await opened.open('two', two), await opened.open('two', two)];
    expect(again).toBe(held);
  });
});
