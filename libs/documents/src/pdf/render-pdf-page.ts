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

/**
 * Draws the page as displayed on white, at `dpi` or at the highest density that keeps it within `maxPixels`.
 * Gray has one channel, color three (red, green, blue).
 */
export function renderPdfPage(
  page: PdfPage,
  colors: keyof typeof formats,
  { dpi, maxPixels }: { dpi: number; maxPixels: number },
): PageRaster {
  const squareInches = (page.width / 72) * (page.height / 72);
  const longestInches = Math.max(page.width, page.height) / 72;
  const density = Math.min(dpi, Math.sqrt(maxPixels / squareInches), maxSidePixels / longestInches);
  const width = Math.max(1, Math.floor((page.width / 72) * density));
  const height = Math.max(1, Math.floor((page.height / 72) * density));
  const { code, channels, flags } = formats[colors];
  const stride = Math.ceil((width * channels) / 4) * 4;
  const { pdfium } = page;
  return withMemory(pdfium, stride * height, (pixels) => {
    const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, code, pixels, stride);
    if (bitmap === 0) throw new RangeError(`PDFium made no bitmap of ${width} x ${height} pixels.`);
    try {
      pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
      const all = flags | drawAnnotations | (channels === 3 ? reverseByteOrder : 0);
      pdfium._FPDF_RenderPageBitmap(bitmap, page.pointer, 0, 0, width, height, 0, all);
    } finally {
      pdfium._FPDFBitmap_Destroy(bitmap);
    }
    const data = new Uint8Array(width * height * channels);
    for (let row = 0; row < height; row += 1) {
      const from = pixels + row * stride;
      data.set(pdfium.HEAPU8.subarray(from, from + width * channels), row * width * channels);
    }
    return { data, width, height, channels, dpi: density };
  });
}
