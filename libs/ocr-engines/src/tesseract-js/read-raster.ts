import type { PageRaster, RecognisedPage } from '@waybill/document-layout';
import { grayOf } from './gray-image.js';
import { measurePage } from './measure-page.js';
import { preparePage } from './prepare-page.js';
import type { Reader } from './tesseract-reader.js';

/** placeholder */
export async function readRaster(raster: PageRaster, reader: Reader): Promise<RecognisedPage> {
  const page = grayOf(raster);
  const measures = await measurePage(page);
  const prepared = await preparePage(page, {
    isInverted: measures.isInverted,
    turn: 0,
    skewDegrees: measures.skewDegrees,
    scale: 1,
    denoise: 'no',
  });
  const words = await reader.read(prepared.image, 'page');
  return {
    words: words.map((word) => ({ ...word, box: prepared.toPage(word.box) })),
    rotation: 0,
    skewDegrees: measures.skewDegrees,
    remarks: [],
  };
}
