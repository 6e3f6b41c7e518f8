import type { Box, PageLayout, PageRead } from '@waybill/contracts';
import type { InputForm, PictureFacts } from '../decision/route-request.js';
import type { TokenInterval } from '../image-tokens/estimate-image-tokens.js';
import { fitInto, type PixelSize } from '../image-tokens/pixel-size.js';
import { doubtfulRegions } from './doubtful-regions.js';

/** A page that was read. */
export interface ReadPage {
  readonly read: PageRead;
  /** Absent for a page without words. */
  readonly layout: PageLayout | undefined;
}

/** A part of a page's picture to be sent. */
export interface WantedPicture {
  readonly page: PageRead;
  /** The whole page when absent. */
  readonly region?: Box;
  /** As it will be sent at most; a model that uses less is sent less. */
  readonly facts: PictureFacts;
}

/** A form with the pictures that belong to it. */
export interface PicturedForm {
  readonly form: InputForm;
  readonly pictures: readonly WantedPicture[];
}

/** Long edges that pictures are shrunk to: what low and high detail are worth to the models that say so. */
const longEdgePx = { 'page-low': 768, 'page-high': 2_048, crops: 1_024 } as const;
/** Lower letters than this, as sent, are guessed and not read. */
const readablePx = 10;
/** A page whose words carry less than this is to be looked at. */
const soundPage = 0.9;
/** JPEG at quality 80, on the safe side. */
const bytesPerPixel = 0.5;
/** What words alone can carry of a page that is not made of words. */
const shareInWords = { dense: 1, visual: 0.5, photo: 0.2 } as const;

/** The parts of a page that are worth a picture of their own; none where the whole page is. */
export type FindRegions = (layout: PageLayout) => readonly Box[];

/** What pictures are wanted of. */
export interface FormWish {
  readonly regionsOf?: FindRegions;
  /** `unsound`: pages that their words do not carry, where there are any. */
  readonly lookAt?: 'unsound' | 'all';
}

/**
 * The ways to put a document before a model, cheap ones first; each states what share of the answer is in it. Pictures
 * are those of the pages that their words do not carry, or of all pages where words carry every one.
 */
export function inputFormsOf(
  pages: readonly ReadPage[],
  text: TokenInterval,
  { regionsOf = doubtfulRegions, lookAt = 'unsound' }: FormWish = {},
): PicturedForm[] {
  const sound = meanOf(pages.map(soundnessOf));
  const hasWords = pages.some(({ layout }) => layout && layout.words.length > 0);
  const bare = (name: InputForm['name'], soundness: number): InputForm => ({
    ...{ name, text, pictures: [], detail: 'high', soundness },
  });
  const forms: PicturedForm[] = hasWords ? [{ form: bare('layout', sound), pictures: [] }] : [];
  const unsound = pages.filter((page) => soundnessOf(page) < soundPage);
  const seen = lookAt === 'unsound' && unsound.length > 0 ? unsound : pages;
  if (seen.length === 0 || !seen.every(({ read }) => read.image)) return forms;
  const crops = hasWords ? seen.flatMap((page) => cropsOf(page, regionsOf)) : [];
  if (crops.length > 0) forms.push(withPictures(bare('crops', sound + (1 - sound) * 0.8), crops));
  const whole = (name: 'page-low' | 'page-high') => seen.map(({ read }) => pictureOf(read, longEdgePx[name]));
  const low = sound + (1 - sound) * 0.95 * meanOf(seen.map(readableWhenSmall));
  forms.push(withPictures({ ...bare('page-low', low), detail: 'low' }, whole('page-low')));
  forms.push(withPictures(bare('page-high', 1), whole('page-high')));
  return forms;
}

/** How well the print of a page can be read in a small picture of it, 0..1, by the height of its middle line. */
function readableWhenSmall({ layout, read: { summary } }: ReadPage): number {
  const heights = (layout?.lines ?? []).map(({ box }) => box[3] - box[1]).sort((a, b) => a - b);
  const middle = heights[Math.floor(heights.length / 2)];
  if (middle === undefined) return 1;
  const size = fitInto(pixelsOf(summary), longEdgePx['page-low']);
  return Math.min(1, (middle * size.heightPx) / readablePx);
}

const withPictures = (form: InputForm, pictures: readonly WantedPicture[]): PicturedForm => ({
  form: { ...form, pictures: pictures.map(({ facts }) => facts) },
  pictures,
});

/** How surely a page's words were read, times what words can carry of such a page; 0..1. */
export function soundnessOf({ read: { summary } }: ReadPage): number {
  if (summary.classification?.kind === 'blank') return 1;
  return (summary.confidence ?? 0) * shareInWords[summary.classification?.class ?? 'dense'];
}

const meanOf = (shares: readonly number[]): number =>
  shares.length === 0 ? 0 : Math.min(1, shares.reduce((sum, share) => sum + share, 0) / shares.length);

const cropsOf = ({ read, layout }: ReadPage, regionsOf: FindRegions): WantedPicture[] =>
  layout ? regionsOf(layout).map((region) => pictureOf(read, longEdgePx.crops, region)) : [];

function pictureOf(page: PageRead, edgePx: number, region?: Box): WantedPicture {
  const size = fitInto(partOf(pixelsOf(page.summary), region), edgePx);
  const [widthPx, heightPx] = [Math.max(1, Math.ceil(size.widthPx)), Math.max(1, Math.ceil(size.heightPx))];
  const bytes = Math.ceil(widthPx * heightPx * bytesPerPixel);
  return { page, ...(region ? { region } : {}), facts: { widthPx, heightPx, bytes, mediaType: 'image/jpeg' } };
}

/** Of the stored picture, as far as the event tells; a PDF page is drawn at its resolution, or at 150 dpi. */
function pixelsOf({ width, height, unit, dpi }: PageRead['summary']): PixelSize {
  const scale = unit === 'px' ? 1 : (dpi ?? 150) / 72;
  return { widthPx: width * scale, heightPx: height * scale };
}

const partOf = ({ widthPx, heightPx }: PixelSize, region: Box | undefined): PixelSize =>
  region
    ? { widthPx: widthPx * (region[2] - region[0]), heightPx: heightPx * (region[3] - region[1]) }
    : { widthPx, heightPx };
