import {
  describeTextLayer,
  mergePictureWords,
  settleTextLayer,
  type DecodedPage,
  type DecodedTextLayer,
  type PagePicture,
  type PageRaster,
  type PageReading,
  type RawWord,
} from '@waybill/document-layout';
import type { Pictures } from './metered-pictures.js';
import type { PictureWish, RecognisedPicture } from './recognise-picture.js';

/** What was seen on a page, from whichever source: words of one shape, in the page's unit. */
export type SeenPage = Pick<
  PageReading,
  'source' | 'engine' | 'rotation' | 'skewDegrees' | 'languages' | 'words' | 'remarks' | 'textLayer' | 'recognition'
>;

/** A text layer is read by no engine; this names what gave the words, where the page does not say. */
const textLayerEngine = 'pdfium';

/**
 * Gives the words of a page: its own text where that is sound, together with the pictures on it that hold words; else
 * what an engine reads in its picture. Rejects as the engine does.
 */
export async function seePage(page: DecodedPage, pictures: Pictures, wish: PictureWish): Promise<SeenPage> {
  const { textLayer, raster } = page;
  if (textLayer?.take === 'words') return seeTextAndPictures(page, textLayer, { pictures, wish });
  if (!raster) return { ...asText(page, textLayer), source: 'none' };
  const read = await pictures.run(raster, wish);
  const { rotation, skewDegrees, remarks } = read.page;
  const words = placedWords(read.page.words, raster, [0, 0, page.width, page.height]);
  const seen: SeenPage = {
    ...byEngine(pictures, wish, [read]),
    source: 'ocr',
    rotation,
    skewDegrees,
    words,
    ...(textLayer ? { textLayer: textLayer.report } : {}),
    remarks: [...page.remarks, ...remarks],
  };
  if (textLayer?.take !== 'compare') return withLayerRemark(seen);
  const settled = settleTextLayer({ ...textLayer, page }, words);
  if (settled.take === 'picture') return withLayerRemark({ ...seen, textLayer: settled.report });
  const shown = textLayer.words.filter(({ hidden }) => hidden === undefined);
  const { recognition } = seen;
  return { ...asText(page, { ...textLayer, words: shown, report: settled.report }), recognition };
}

async function seeTextAndPictures(
  page: DecodedPage,
  layer: DecodedTextLayer,
  { pictures, wish }: { pictures: Pictures; wish: PictureWish },
): Promise<SeenPage> {
  const text = asText(page, layer);
  const parts = page.pictures ?? [];
  if (parts.length === 0) return text;
  const reads: RecognisedPicture[] = [];
  const found: RawWord[] = [];
  for (const part of parts) {
    const read = await pictures.run(part.raster, wish);
    reads.push(read);
    found.push(...partWords(read, part));
  }
  const words = mergePictureWords(text.words, found);
  if (words.length === text.words.length) return { ...text, recognition: recognitionOf(reads) };
  return { ...text, ...byEngine(pictures, wish, reads), source: 'mixed', words };
}

/** A page as its text layer says it is; without one, as a page without words. */
function asText(page: DecodedPage, layer: DecodedTextLayer | undefined): SeenPage {
  return withLayerRemark({
    source: 'text-layer',
    engine: { name: layer?.engine ?? textLayerEngine, version: '' },
    rotation: layer?.rotation ?? 0,
    skewDegrees: 0,
    languages: [],
    words: (layer?.words ?? []).map(({ text, box, confidence }) => ({ text, box, confidence })),
    ...(layer ? { textLayer: layer.report } : {}),
    remarks: page.remarks,
  });
}

const byEngine = (
  { engine }: Pictures,
  { languages }: PictureWish,
  reads: readonly RecognisedPicture[],
): Pick<SeenPage, 'engine' | 'languages' | 'recognition'> => ({
  engine: { name: engine.name, version: engine.version },
  languages: [...languages],
  recognition: recognitionOf(reads),
});

const recognitionOf = (reads: readonly RecognisedPicture[]): SeenPage['recognition'] => ({
  keys: reads.flatMap(({ key }) => key ?? []),
  cached: reads.every(({ cached }) => cached),
  pictures: reads.length,
  attempts: reads.flatMap(({ page }) => page.attempts ?? []),
});

function withLayerRemark(seen: SeenPage): SeenPage {
  const remark = seen.textLayer && describeTextLayer(seen.textLayer);
  return remark === undefined ? seen : { ...seen, remarks: [...seen.remarks, remark] };
}

const partWords = ({ page }: RecognisedPicture, { raster, box }: PagePicture): RawWord[] =>
  placedWords(page.words, raster, box);

/** From pixels of a raster to the unit of the page, of which it shows the part `box`. */
function placedWords(
  words: readonly RawWord[],
  raster: PageRaster,
  [left, top, right, bottom]: PagePicture['box'],
): RawWord[] {
  const [x, y] = [(right - left) / raster.width, (bottom - top) / raster.height];
  return words.map(({ text, box: [x0, y0, x1, y1], confidence }) => ({
    text,
    box: [left + x0 * x, top + y0 * y, left + x1 * x, top + y1 * y],
    confidence,
  }));
}
