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
/** JPEG at quality 80, on the safe side. */
const bytesPerPixel = 0.5;
/** What words alone can carry of a page that is not made of words. */
const shareInWords = { dense: 1, visual: 0.5, photo: 0.2 } as const;

/** The ways to put a document before a model, cheap ones first; each states what share of the answer is in it. */
export function inputFormsOf(pages: readonly ReadPage[], text: TokenInterval): PicturedForm[] {
  const sound = soundnessOf(pages);
  const hasWords = pages.some(({ layout }) => layout && layout.words.length > 0);
  const bare = (name: InputForm['name'], soundness: number): InputForm => ({
    ...{ name, text, pictures: [], detail: 'high', soundness },
  });
  const forms: PicturedForm[] = hasWords ? [{ form: bare('layout', sound), pictures: [] }] : [];
  if (!pages.every(({ read }) => read.image)) return forms;
  const crops = hasWords ? pages.flatMap(cropsOf) : [];
  if (crops.length > 0) forms.push(withPictures(bare('crops', sound + (1 - sound) * 0.8), crops));
  const whole = (name: 'page-low' | 'page-high') => pages.map(({ read }) => pictureOf(read, longEdgePx[name]));
  const seen = 0.6 + 0.4 * sound;
  forms.push(withPictures({ ...bare('page-low', seen), detail: 'low' }, whole('page-low')));
  forms.push(withPictures(bare('page-high', 1), whole('page-high')));
  return forms;
}

const withPictures = (form: InputForm, pictures: readonly WantedPicture[]): PicturedForm => ({
  form: { ...form, pictures: pictures.map(({ facts }) => facts) },
  pictures,
});

/** Mean over the pages: how surely the words were read, times what words can carry of such a page. */
function soundnessOf(pages: readonly ReadPage[]): number {
  if (pages.length === 0) return 0;
  const sum = pages.reduce((all, { read: { summary } }) => {
    const carried = shareInWords[summary.classification?.class ?? 'dense'];
    if (summary.classification?.kind === 'blank') return all + 1;
    return all + (summary.confidence ?? 0) * carried;
  }, 0);
  return Math.min(1, sum / pages.length);
}

const cropsOf = ({ read, layout }: ReadPage): WantedPicture[] =>
  layout ? doubtfulRegions(layout).map((region) => pictureOf(read, longEdgePx.crops, region)) : [];

function pictureOf(page: PageRead, edgePx: number, region?: Box): WantedPicture {
  const size = fitInto(partOf(pixelsOf(page), region), edgePx);
  const [widthPx, heightPx] = [Math.max(1, Math.ceil(size.widthPx)), Math.max(1, Math.ceil(size.heightPx))];
  const bytes = Math.ceil(widthPx * heightPx * bytesPerPixel);
  return { page, ...(region ? { region } : {}), facts: { widthPx, heightPx, bytes, mediaType: 'image/jpeg' } };
}

/** Of the stored picture, as far as the event tells; a PDF page is drawn at its resolution, or at 150 dpi. */
function pixelsOf({ summary: { width, height, unit, dpi } }: PageRead): PixelSize {
  const scale = unit === 'px' ? 1 : (dpi ?? 150) / 72;
  return { widthPx: width * scale, heightPx: height * scale };
}

const partOf = ({ widthPx, heightPx }: PixelSize, region: Box | undefined): PixelSize =>
  region
    ? { widthPx: widthPx * (region[2] - region[0]), heightPx: heightPx * (region[3] - region[1]) }
    : { widthPx, heightPx };
