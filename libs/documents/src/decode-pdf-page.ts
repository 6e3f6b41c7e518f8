import type { DecodedPage, PageRaster } from '@waybill/document-layout';
import { StageError } from '@waybill/jobs';
import sharp from 'sharp';
import { detached } from './decode-image-page.js';
import type { DocumentLimits } from './document-limits.js';
import { chooseSource } from './pdf/choose-source.js';
import type { PdfDocument } from './pdf/pdf-document.js';
import type { PdfPage } from './pdf/pdf-page.js';
import { readRules } from './pdf/read-rules.js';
import { readTextLayer } from './pdf/read-text-layer.js';
import { renderPdfPage } from './pdf/render-pdf-page.js';
import { findRules } from './find-rules.js';
import { lookOfPage } from './look-of-page.js';
import { maxRasterPixels } from './raster-limit.js';

/** Print density: engines are trained for it. A scan is not drawn denser than it is. */
const readingDpi = 300;
const lowestReadingDpi = 150;
const scanShare = 0.5;
/** Enough to read on a screen and for models, which shrink pages to about 1,600 pixels. */
const displayDpi = 130;
const displayMaxPixels = 4_000_000;
const displayQuality = 78;
/** Below these a page as large as a wall, or a building, has lost small text, or all of it. */
const faintDpi = 100;
const blindDpi = 25;

/**
 * Decodes one page of a PDF (counted from 1): its words where its text layer can be trusted, otherwise its picture.
 * @throws StageError `unreadable-page`
 */
export function decodePdfPage(document: PdfDocument, pageNumber: number, limits: DocumentLimits): Promise<DecodedPage> {
  return document.withPage(pageNumber, async (page) => {
    const layer = readTextLayer(page);
    const scan = page.images()[0];
    const choice = chooseSource({ layer, largestImageShare: scan?.share ?? 0 });
    const shown = { width: page.width, height: page.height, unit: 'pt' } as const;
    const picture = drawn(pageNumber, () =>
      renderPdfPage(page, 'color', { dpi: displayDpi, maxPixels: displayMaxPixels }),
    );
    const [display, look] = await Promise.all([displayOf(picture), lookOfPage(picture)]);
    if (choice.source === 'text-layer') {
      const { words, rotation } = layer;
      return {
        ...shown,
        dpi: null,
        textLayer: { words, rotation },
        rules: readRules(page),
        display,
        look,
        remarks: [],
      };
    }
    const ownDpi = scan && scan.share > scanShare ? Math.max(scan.dpi, lowestReadingDpi) : readingDpi;
    const maxPixels = Math.min(limits.maxPixels, maxRasterPixels);
    const raster = drawn(pageNumber, () =>
      renderPdfPage(page, 'gray', { dpi: Math.min(ownDpi, readingDpi), maxPixels }),
    );
    if ((raster.dpi ?? 0) < blindDpi) throw tooLargePage(page, pageNumber);
    const remarks = choice.remark ? [choice.remark] : [];
    if ((raster.dpi ?? 0) < faintDpi) {
      remarks.push(`The page is so large that it was read at ${Math.round(raster.dpi ?? 0)} dots per inch.`);
    }
    return { ...shown, dpi: raster.dpi, raster, look, rules: findRules(raster, page), display, remarks };
  });
}

async function displayOf({ data, width, height, channels }: PageRaster): Promise<DecodedPage['display']> {
  const bytes = await sharp(data, { raw: { width, height, channels } }).jpeg({ quality: displayQuality }).toBuffer();
  return { bytes: detached(bytes), mediaType: 'image/jpeg' };
}

const tooLargePage = ({ width, height }: PdfPage, pageNumber: number): StageError =>
  new StageError(
    'too-large',
    `Page ${pageNumber} of the PDF measures ${Math.round(width)} x ${Math.round(height)} points; ` +
      `it cannot be drawn large enough to be read. Split it.`,
  );

function drawn<Result>(pageNumber: number, draw: () => Result): Result {
  try {
    return draw();
  } catch (error) {
    throw new StageError('unreadable-page', `Page ${pageNumber} of the PDF cannot be drawn; it may be damaged.`, {
      cause: error,
    });
  }
}
