import sharp from 'sharp';
import type { ExpectedValues } from './expected-values.js';
import { scanPage } from './imperfect-picture.js';
import { inventPaper } from './invent-document.js';
import { rasterise, type GreyPage } from './rasterise.js';
import { SeededRandom } from './seeded-random.js';
import { sheetWords } from './sheet-words.js';

export interface InventedPicture {
  /** One JPEG a page. */
  readonly pages: readonly Uint8Array[];
  /** The words on each page, in the order printed. */
  readonly words: readonly (readonly string[])[];
  readonly expected: ExpectedValues;
}

/**
 * Invents a receipt or an invoice and pictures it the way people do: at low resolution, slightly turned, pale, soft and
 * grainy, compressed. The same seed gives the same picture with the same version of the image library.
 */
export async function inventPicture(seed: number): Promise<InventedPicture> {
  const { sheets, expected } = inventPaper(new SeededRandom(seed));
  const random = new SeededRandom(seed + 7_919);
  const dpi = expected.kind === 'receipt' ? random.whole(95, 200) : random.whole(95, 150);
  const flaws = { skewDegrees: 0.5 * random.normal(), grain: random.whole(2, 24) };
  const blur = 0.3 + 0.1 * random.whole(0, 8);
  const ink = 0.45 + 0.05 * random.whole(0, 11);
  const quality = random.whole(25, 85);
  const pages: Uint8Array[] = [];
  for (const page of await rasterise(sheets, dpi)) {
    const { data, width, height } = await scanPage(pale(page, ink), flaws, random);
    const picture = sharp(data, { raw: { width, height, channels: 1 } })
      .toColourspace('b-w')
      .blur(blur);
    pages.push(await picture.withDensity(dpi).jpeg({ quality }).toBuffer());
  }
  const words = (await sheetWords(sheets)).map((page) => page.map(({ text }) => text));
  return { pages, words, expected };
}

/** The page with less ink: 1 leaves it as it is, 0 leaves white paper. */
const pale = (page: GreyPage, ink: number): GreyPage => ({
  ...page,
  data: page.data.map((grey) => 255 - (255 - grey) * ink),
});
