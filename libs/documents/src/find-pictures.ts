import type { PageRaster, PictureArea } from '@waybill/document-layout';

/** The page is looked at in tiles, this many along its longer side. */
const tilesAlong = 96;
/** Pixels looked at along each side of a tile. */
const samples = 6;
/** A tone is neither paper nor ink when it is this far from both. */
const toneFromPaper = 28;
const inkTone = 70;
/** A tile shows a picture when so many of its pixels are tones, or it is nearly filled. */
const tonesShare = 0.5;
const filledShare = 0.8;
/** A paper darker than this is none: the picture has no page in it. */
const darkestPaper = 110;
/** Areas, in tiles and shares of the page; a smaller one is a stain, a looser one the shadow along an edge. */
const fewestTiles = 12;
const smallestShare = 0.008;
const filledAreaShare = 0.55;
/** An area at an edge of the page that runs along so much of it is no picture. */
const edgeShare = 0.9;

/**
 * Areas of a page's picture that are full of tones, as photographs and shaded drawings are and text on paper is not; in
 * the unit of the displayed page `shown`.
 */
export function findPictures(
  raster: PageRaster,
  shown: { readonly width: number; readonly height: number },
): PictureArea[] {
  const tile = Math.max(1, Math.max(raster.width, raster.height) / tilesAlong);
  const [columns, rows] = [Math.floor(raster.width / tile), Math.floor(raster.height / tile)];
  if (columns < 3 || rows < 3) return [];
  const paper = paperOf(raster);
  if (paper < darkestPaper) return [];
  const full = new Uint8Array(columns * rows);
  for (let at = 0; at < full.length; at += 1) {
    full[at] = showsTones(raster, paper, { left: (at % columns) * tile, top: Math.floor(at / columns) * tile, tile })
      ? 1
      : 0;
  }
  const [unitX, unitY] = [(tile * shown.width) / raster.width, (tile * shown.height) / raster.height];
  return areasOf(full, columns, rows).flatMap(({ left, top, right, bottom, count }): PictureArea[] => {
    const tiles = (right - left) * (bottom - top);
    const filled = count / tiles;
    const touchesEdge = left === 0 || top === 0 || right === columns || bottom === rows;
    const isLarge = count >= fewestTiles && tiles >= smallestShare * columns * rows;
    if (!isLarge || filled < filledAreaShare || Math.min(right - left, bottom - top) < 4) return [];
    // What was beside the page when it was copied.
    const isEdge = right - left >= edgeShare * columns !== bottom - top >= edgeShare * rows && touchesEdge;
    if (isEdge) return [];
    const box: PictureArea['box'] = [left * unitX, top * unitY, right * unitX, bottom * unitY];
    return [{ box, kind: 'picture', certainty: Math.min(0.9, filled) }];
  });
}

/** The most frequent light tone. */
function paperOf({ data, width, height, channels }: PageRaster): number {
  const counts = new Uint32Array(32);
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / 40_000)));
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const bin = (data[(y * width + x) * channels] ?? 255) >> 3;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  return 8 * counts.indexOf(Math.max(...counts)) + 4;
}

function showsTones(raster: PageRaster, paper: number, at: { left: number; top: number; tile: number }): boolean {
  const { data, width, channels } = raster;
  let [tones, filled] = [0, 0];
  for (let down = 0; down < samples; down += 1) {
    const y = Math.floor(at.top + ((down + 0.5) * at.tile) / samples);
    for (let across = 0; across < samples; across += 1) {
      const x = Math.floor(at.left + ((across + 0.5) * at.tile) / samples);
      const value = data[(y * width + x) * channels] ?? 255;
      if (value >= paper - toneFromPaper) continue;
      filled += 1;
      if (value > inkTone) tones += 1;
    }
  }
  const all = samples * samples;
  return tones >= tonesShare * all || filled >= filledShare * all;
}

interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
  count: number;
}

/** Connected areas of full tiles, over gaps of one tile. */
function areasOf(full: Uint8Array, columns: number, rows: number): Area[] {
  const seen = new Uint8Array(full.length);
  const areas: Area[] = [];
  for (let start = 0; start < full.length; start += 1) {
    if (full[start] !== 1 || seen[start] === 1) continue;
    const area = { left: columns, top: rows, right: 0, bottom: 0, count: 0 };
    const waiting = [start];
    seen[start] = 1;
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const [x, y] = [at % columns, Math.floor(at / columns)];
      area.left = Math.min(area.left, x);
      area.right = Math.max(area.right, x + 1);
      area.top = Math.min(area.top, y);
      area.bottom = Math.max(area.bottom, y + 1);
      area.count += 1;
      for (let down = Math.max(0, y - 2); down <= Math.min(rows - 1, y + 2); down += 1) {
        for (let across = Math.max(0, x - 2); across <= Math.min(columns - 1, x + 2); across += 1) {
          const other = down * columns + across;
          if (full[other] !== 1 || seen[other] === 1) continue;
          seen[other] = 1;
          waiting.push(other);
        }
      }
    }
    areas.push(area);
  }
  return areas;
}
