import type { DecodedPage, EngineUse, PageReading } from '@waybill/document-layout';
import { MeteredPictures, type Pictures } from './metered-pictures.js';
import type { PictureWish } from './recognise-picture.js';
import { seePage } from './see-page.js';

/** A page before it is laid out, and what its engine was paid for it. */
export interface ReadDecodedPage {
  readonly reading: PageReading;
  readonly use?: EngineUse;
}

/**
 * Reads a decoded page: the text it carries, what an engine sees in its picture, or both. `place` says which page of which
 * document it is. Rejects as the engine does.
 */
export async function readDecodedPage(
  decoded: DecodedPage,
  place: Pick<PageReading, 'document' | 'page'>,
  { pictures, wish }: { readonly pictures: Pictures; readonly wish: PictureWish },
): Promise<ReadDecodedPage> {
  const metered = new MeteredPictures(pictures);
  const seen = await seePage(decoded, metered, wish);
  const { width, height, unit, dpi, squares = [], areas = [] } = decoded;
  const rules = [...decoded.rules, ...metered.rulesOn(decoded)];
  const { use } = metered;
  return {
    reading: { ...place, width, height, unit, dpi, rules, squares, pictures: areas, ...seen },
    ...(use ? { use } : {}),
  };
}
