import type { DecodedPage, EngineUse, PageRaster, RuleLine } from '@waybill/document-layout';
import { exactUsd } from '@waybill/jobs';
import type { PictureWish, RecognisedPicture, RecognisePicture } from './recognise-picture.js';

/** Pictures being read, by whichever engine. */
export type Pictures = Pick<RecognisePicture, 'engine' | 'run'>;

/** The pictures of one page, read: what that cost, and what the engine told of beside words. */
export class MeteredPictures implements Pictures {
  readonly engine: Pictures['engine'];
  readonly #reads: { readonly raster: PageRaster; readonly read: RecognisedPicture }[] = [];

  constructor(private readonly pictures: Pictures) {
    this.engine = pictures.engine;
  }

  async run(raster: PageRaster, wish: PictureWish): Promise<RecognisedPicture> {
    const read = await this.pictures.run(raster, wish);
    this.#reads.push({ raster, read });
    return read;
  }

  /** All that was paid for the page; undefined when nothing was. What is taken from the cache was paid for before. */
  get use(): EngineUse | undefined {
    const uses = this.#reads.flatMap(({ read: { cached, page } }) => (cached || !page.use ? [] : [page.use]));
    const [first] = uses;
    if (!first) return undefined;
    return { ...first, costUsd: exactUsd(uses.reduce((sum, use) => sum + use.costUsd, 0)) };
  }

  /** Ruled lines that the engine told of, in the unit of the page. */
  rulesOn(page: DecodedPage): RuleLine[] {
    return this.#reads.flatMap(({ raster, read }) => {
      const [left, top, right, bottom] = boxOf(raster, page);
      const [x, y] = [(right - left) / raster.width, (bottom - top) / raster.height];
      return (read.page.rules ?? []).map((rule) => ({
        x0: left + rule.x0 * x,
        y0: top + rule.y0 * y,
        x1: left + rule.x1 * x,
        y1: top + rule.y1 * y,
      }));
    });
  }
}

/** Where a picture stands on its page. */
const boxOf = (raster: PageRaster, { pictures = [], width, height }: DecodedPage) =>
  pictures.find((part) => part.raster === raster)?.box ?? ([0, 0, width, height] as const);
