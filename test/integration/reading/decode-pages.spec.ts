import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { DocumentReader, inspectDocument, limitsOf } from '@waybill/documents';
import { loadEnvironment } from '@waybill/platform';
import { PDFDocument, StandardFonts } from 'pdf-lib';

const limits = { ...limitsOf(loadEnvironment({})), maxPages: 100 };

async function pdfOf(pages: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (let page = 1; page <= pages; page += 1) {
    document.addPage([200, 100]).drawText(`Page ${page} says hello`, { x: 20, y: 50, size: 12, font });
  }
  return document.save();
}

const keyOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('documents in threads', () => {
  const reader = new DocumentReader({ threads: 2, limits, pageTimeoutMs: 60_000 });
  afterAll(() => reader.close());

  const decode = async (bytes: Uint8Array, page: number) => {
    const sha256 = keyOf(bytes);
    const held = await reader.hold({ sha256 }, async () => bytes);
    return reader.decodePage({ sha256, mediaType: 'application/pdf', bytes: held }, page, new AbortController().signal);
  };

  it('counts the pages of a PDF', async () => {
    const bytes = await pdfOf(12);
    expect(await inspectDocument(bytes, limits)).toEqual({
      mediaType: 'application/pdf',
      pages: 12,
      sizeBytes: bytes.length,
    });
  });

  it('refuses a PDF with too many pages, or none that can be opened', async () => {
    await expect(inspectDocument(await pdfOf(101), limits)).rejects.toMatchObject({
      failure: { code: 'too-many-pages' },
    });
    await expect(inspectDocument(Buffer.from('%PDF-1.7\nnothing'), limits)).rejects.toMatchObject({
      failure: { code: 'unreadable-document' },
    });
  });

  it('decodes all pages of a document side by side, each as itself', async () => {
    const bytes = await pdfOf(12);
    const pages = await Promise.all(Array.from({ length: 12 }, (_, index) => decode(bytes, index + 1)));
    const second = pages.map(({ textLayer }) => textLayer?.words[1]?.text);
    expect(second).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12']);
  });

  it('fails only the page that is not there', async () => {
    const bytes = await pdfOf(2);
    const [good, bad, other] = await Promise.allSettled([decode(bytes, 1), decode(bytes, 9), decode(bytes, 2)]);
    expect([good.status, other.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(bad).toMatchObject({ reason: { failure: { code: 'unreadable-page' }, retryable: false } });
  });
});
