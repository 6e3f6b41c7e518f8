import type { PageRaster } from '@waybill/document-layout';
import type { PdfPage } from './pdf-page.js';
import { withMemory } from './pdfium.js';

/** From fpdfview.h. */
const drawAnnotations = 0x01;
const drawGray = 0x08;
const reverseByteOrder = 0x10;
const formats = { gray: { code: 1, channels: 1, flags: drawGray }, color: { code: 2, channels: 3, flags: 0 } } as const;

/** Encoders and engines take no longer sides. */
const maxSidePixels = 16_000;

/** A part of the displayed page, in points. */
export type PagePart = readonly [x0: number, y0: number, x1: number, y1: number];

/**
 * Draws the page, or a part of it, as displayed on white, at `dpi` or at the highest density that keeps it within `maxPixels`.
 * Gray has one channel, color three (red, green, blue).
 */
export function renderPdfPage(
  page: PdfPage,
  colors: keyof typeof formats,
  { dpi, maxPixels, part }: { dpi: number; maxPixels: number; part?: PagePart },
): PageRaster {
  const [x0, y0, x1, y1] = part ?? [0, 0, page.width, page.height];
  const squareInches = ((x1 - x0) / 72) * ((y1 - y0) / 72);
  const longestInches = Math.max(x1 - x0, y1 - y0) / 72;
  const density = Math.min(dpi, Math.sqrt(maxPixels / squareInches), maxSidePixels / longestInches);
  const pixels = (points: number): number => Math.max(1, Math.floor((points / 72) * density));
  const [width, height] = [pixels(x1 - x0), pixels(y1 - y0)];
  // PDFium draws the whole page so that the part falls onto the bitmap.
  const [left, top] = [-Math.floor((x0 / 72) * density), -Math.floor((y0 / 72) * density)];
  const [wholeWidth, wholeHeight] = [pixels(page.width), pixels(page.height)];
  const { code, channels, flags } = formats[colors];
  const stride = Math.ceil((width * channels) / 4) * 4;
  const { pdfium } = page;
  return withMemory(pdfium, stride * height, (memory) => {
    const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, code, memory, stride);
    if (bitmap === 0) throw new RangeError(`PDFium made no bitmap of ${width} x ${height} pixels.`);
    try {
      pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
      const all = flags | drawAnnotations | (channels === 3 ? reverseByteOrder : 0);
      pdfium._FPDF_RenderPageBitmap(bitmap, page.pointer, left, top, wholeWidth, wholeHeight, 0, all);
    } finally {
      pdfium._FPDFBitmap_Destroy(bitmap);
    }
    const data = new Uint8Array(width * height * channels);
    for (let row = 0; row < height; row += 1) {
      const from = memory + row * stride;
      data.set(pdfium.HEAPU8.subarray(from, from + width * channels), row * width * channels);
    }
    return { data, width, height, channels, dpi: density };
  });
}
