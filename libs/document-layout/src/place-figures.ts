import { type Extent, extentAround, heightOf, middleOf, sharedHeight, sharedWidth, widthOf } from './extent.js';
import type { BlockDraft } from './gather-blocks.js';
import type { PlacedPicture, UprightPage } from './upright-page.js';

/** Blocks with the page's figures among them, each where it is met in reading; figures by their place in `figures`. */
export interface PlacedFigures {
  readonly blocks: readonly BlockDraft[];
  readonly figures: readonly PlacedPicture[];
}

/** Of the page's area: less is an ornament. */
const smallestShare = 0.004;
/** A picture of the whole page is the page, when words were read from it. */
const pageShare = 0.85;

export function placeFigures(blocks: readonly BlockDraft[], page: UprightPage): PlacedFigures {
  const tables = blocks.filter(({ grid }) => grid);
  const figures = page.pictures
    .map((picture) => ({ ...picture, ...withinPage(picture, page) }))
    .filter((picture) => {
      const share = areaOf(picture) / (page.width * page.height);
      return share >= smallestShare && (share < pageShare || blocks.length === 0);
    })
    .filter((picture) => picture.kind === 'picture' || !tables.some((table) => isTableOf(table, picture)))
    .sort((a, b) => a.y0 - b.y0 || a.x0 - b.x0);
  let placed: BlockDraft[] = blocks.map((block) => insideOf(block, figures));
  figures.forEach((figure, index) => {
    const at = placeOf(placed, figure);
    const region = placed[at]?.region ?? placed[at - 1]?.region ?? 0;
    placed = placed.toSpliced(at, 0, { rows: [], region, figure: index, extent: figure });
  });
  return { blocks: placed, figures };
}

export const areaOf = (extent: Extent): number => Math.max(0, widthOf(extent)) * Math.max(0, heightOf(extent));

function withinPage({ x0, y0, x1, y1 }: Extent, { width, height }: UprightPage): Extent {
  const within = (value: number, end: number): number => Math.max(0, Math.min(end, value));
  return { x0: within(x0, width), y0: within(y0, height), x1: within(x1, width), y1: within(y1, height) };
}

function sharedArea(a: Extent, b: Extent): number {
  return Math.max(0, sharedWidth(a, b)) * Math.max(0, sharedHeight(a, b));
}

/** Shades and lines of a table make no drawing. */
const isTableOf = ({ grid }: BlockDraft, drawing: Extent): boolean =>
  grid !== undefined && sharedArea(grid, drawing) > 0.5 * Math.min(areaOf(grid), areaOf(drawing));

/** Notes the smallest figure that a block of text stands in. */
function insideOf(block: BlockDraft, figures: readonly PlacedPicture[]): BlockDraft {
  const extent = extentAround(block.rows);
  const holders = figures.filter((figure) => sharedArea(figure, extent) > 0.8 * areaOf(extent));
  const [smallest] = holders.sort((a, b) => areaOf(a) - areaOf(b));
  return smallest ? { ...block, figure: figures.indexOf(smallest) } : block;
}

/** Before the first block that stands below its top in its own column of the page; after the last one above it. */
function placeOf(blocks: readonly BlockDraft[], figure: Extent): number {
  const extents = blocks.map((block) => block.extent ?? extentAround(block.rows));
  const isBeside = (extent: Extent): boolean => sharedWidth(extent, figure) > 0;
  const below = extents.findIndex((extent) => isBeside(extent) && middleOf(extent) >= figure.y0);
  if (below >= 0) return below;
  const above = extents.findLastIndex((extent) => isBeside(extent));
  if (above >= 0) return above + 1;
  const later = extents.findIndex((extent) => extent.y0 >= figure.y0);
  return later < 0 ? blocks.length : later;
}
