import {
  findPictureParts,
  isBlank,
  joinStrips,
  judgeTextLayer,
  type DecodedPage,
  type DecodedTextLayer,
  type PagePicture,
  type PageRaster,
} from '@waybill/document-layout';
import { StageError } from '@waybill/jobs';
import sharp from 'sharp';
import { detached } from './formats/pictures/decode-picture.js';
import type { DocumentLimits } from './document-limits.js';
import { checkTextLayer } from './pdf/check-text-layer.js';
import { drawWithoutText } from './pdf/draw-without-text.js';
import type { PdfDocument } from './pdf/pdf-document.js';
import type { PdfPage } from './pdf/pdf-page.js';
import { readPictures } from './pdf/read-pictures.js';
import { readRules } from './pdf/read-rules.js';
import { readTextLayer } from './pdf/read-text-layer.js';
import { renderPdfPage } from './pdf/render-pdf-page.js';
import { findPictures } from './find-pictures.js';
import { findRules } from './find-rules.js';
import { findSquares } from './find-squares.js';
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

/** What is wanted of a PDF page. */
export interface PdfPageWish {
  readonly limits: Pick<DocumentLimits, 'maxPixels'>;
  /** `drawn`: text is compared with what it draws. `read`: every page's picture is to be read, too. */
  readonly textLayerCheck: 'drawn' | 'read';
}

/**
 * Decodes one page of a PDF (counted from 1): its words where its text layer can be trusted, its picture where not.
 * @throws StageError `unreadable-page`
 */
export function decodePdfPage(document: PdfDocument, pageNumber: number, wish: PdfPageWish): Promise<DecodedPage> {
  return document.withPage(pageNumber, async (page) => {
    const shown = { width: page.width, height: page.height, unit: 'pt' } as const;
    const draw = (): PageRaster =>
      drawn(pageNumber, () => renderPdfPage(page, 'color', { dpi: displayDpi, maxPixels: displayMaxPixels }));
    const picture = draw();
    const [display, look] = await Promise.all([displayOf(picture), lookOfPage(picture)]);
    const { layer, bare } = checkedLayer(page, picture, { draw, ...wish });
    const common = { ...shown, textLayer: layer, display, look };
    if (layer.take === 'words') {
      const pictures = picturesToRead(page, bare);
      const seen = { rules: readRules(page), squares: findSquares(picture, page), areas: readPictures(page) };
      return { ...common, ...seen, dpi: null, pictures, remarks: [] };
    }
    if (layer.report.words === 0 && isBlank(picture)) {
      return { ...common, dpi: null, rules: [], remarks: [] };
    }
    const { raster, remarks } = drawForReading(page, pageNumber, wish.limits);
    const seen = {
      rules: findRules(raster, page),
      squares: findSquares(raster, page),
      areas: findPictures(picture, page),
    };
    return { ...common, ...seen, dpi: raster.dpi, raster, remarks };
  });
}

/** The text layer, compared with the page as drawn with and without it; without text, nothing is drawn for it. */
function checkedLayer(
  page: PdfPage,
  picture: PageRaster,
  { draw, textLayerCheck }: { draw: () => PageRaster; textLayerCheck: PdfPageWish['textLayerCheck'] },
): { layer: DecodedTextLayer; bare: PageRaster } {
  const { rotation, words: found, ...counts } = readTextLayer(page);
  const bare = found.length === 0 ? picture : drawWithoutText(page, draw);
  const words = checkTextLayer(found, { drawn: picture, bare }, page);
  const [largest] = joinStrips(page.images());
  const largestImageShare = largest
    ? ((largest[2] - largest[0]) * (largest[3] - largest[1])) / (page.width * page.height)
    : 0;
  const judged = judgeTextLayer({ words, page, ...counts, largestImageShare });
  const take = judged.take === 'words' && textLayerCheck === 'read' ? 'compare' : judged.take;
  const kept = { words: words.filter(({ hidden }) => hidden === undefined), compare: words, picture: [] };
  return { layer: { take, words: kept[take], rotation, report: judged.report }, bare };
}

/** Pictures with words in them, drawn as densely as they are themselves, without the text that lies over them. */
function picturesToRead(page: PdfPage, bare: PageRaster): PagePicture[] {
  const images = page.images();
  const parts = findPictureParts(images, bare, page);
  if (parts.length === 0) return [];
  const dpi = readingDpiOf(Math.max(...images.map((image) => image.dpi)));
  return drawWithoutText(page, () =>
    parts.map((box) => ({ box, raster: renderPdfPage(page, 'gray', { dpi, maxPixels: maxRasterPixels, part: box }) })),
  );
}

function drawForReading(page: PdfPage, pageNumber: number, limits: PdfPageWish['limits']) {
  const scan = page.images()[0];
  const dpi = scan && scan.share > scanShare ? readingDpiOf(scan.dpi) : readingDpi;
  const maxPixels = Math.min(limits.maxPixels, maxRasterPixels);
  const raster = drawn(pageNumber, () => renderPdfPage(page, 'gray', { dpi, maxPixels }));
  const drawnDpi = raster.dpi ?? 0;
  if (drawnDpi < blindDpi) throw tooLargePage(page, pageNumber);
  const remarks =
    drawnDpi < faintDpi ? [`The page is so large that it was read at ${Math.round(drawnDpi)} dots per inch.`] : [];
  return { raster, remarks };
}

const readingDpiOf = (ownDpi: number): number => Math.min(readingDpi, Math.max(ownDpi, lowestReadingDpi));

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
