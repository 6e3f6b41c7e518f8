import { entropyOf } from './measure-colours.js';

/** A picture in gray: one byte a pixel. */
export interface GrayLook {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface ToneMeasures {
  /** Brightness of the paper, 0..255: the commonest one. */
  readonly paper: number;
  /** Share of pixels as bright as the paper. */
  readonly paperShare: number;
  /** Spread of the brightnesses, 0..1. */
  readonly toneSpread: number;
  /** Share of pixels that are neither paper nor about as far from it as the ink is. */
  readonly between: number;
  /** Share of pixels as dark as ink. */
  readonly dark: number;
  /** Share of pixels whose neighbours are exactly as bright: drawn by a program, or one flat area. */
  readonly flat: number;
  /** Share of pixels on an edge; of these, the share on lying or standing ones. */
  readonly edges: number;
  readonly straightEdges: number;
  /** Share of pixels with slight shades around them: grain, and what a lens sees. */
  readonly shaded: number;
}

const asBright = 12;
const edgeFrom = 48;
const shadedFrom = 4;
/** Edges are looked for on every so many rows: shares of a page need no more. */
const edgeRowStep = 2;

/** Brightness and edges of a page. */
export function measureTones({ data, width, height }: GrayLook): ToneMeasures {
  const counts = countLevels(data);
  const near = (level: number, reach: number): number =>
    counts
      .subarray(Math.max(0, level - reach), Math.min(256, level + reach + 1))
      .reduce((sum, count) => sum + count, 0);
  let paper = 0;
  let most = -1;
  for (let level = 0; level < 256; level += 1) {
    const count = near(level, 3);
    if (count <= most) continue;
    [paper, most] = [level, count];
  }
  const pixels = Math.max(1, width * height);
  const isLightPaper = paper >= 128;
  const paperShare = near(paper, asBright) / pixels;
  const dark = (isLightPaper ? near(paper >> 2, paper >> 2) : near((paper + 765) >> 2, (255 - paper) >> 2)) / pixels;
  return {
    paper,
    paperShare,
    toneSpread: entropyOf(counts),
    between: Math.max(0, 1 - paperShare - dark),
    dark,
    ...measureEdges(data, width, height),
  };
}

/** How many pixels have each brightness. Neighbours are alike, and two tables let the processor count both at once. */
function countLevels(data: Uint8Array): Uint32Array {
  const [counts, others] = [new Uint32Array(256), new Uint32Array(256)];
  const pairs = data.length & ~1;
  for (let at = 0; at < pairs; at += 2) {
    const one = data[at] as number;
    const other = data[at + 1] as number;
    counts[one] = (counts[one] as number) + 1;
    others[other] = (others[other] as number) + 1;
  }
  if (pairs < data.length) others[data[pairs] as number] = (others[data[pairs] as number] as number) + 1;
  return counts.map((count, level) => count + (others[level] as number));
}

function measureEdges(data: Uint8Array, width: number, height: number) {
  let [flat, edges, straight, shaded, rows] = [0, 0, 0, 0, 0];
  for (let y = 1; y < height - 1; y += edgeRowStep) {
    rows += 1;
    const end = (y + 1) * width - 1;
    for (let at = y * width + 1; at < end; at += 1) {
      const right = (data[at + 1] as number) - (data[at - 1] as number);
      const below = (data[at + width] as number) - (data[at - width] as number);
      const across = right < 0 ? -right : right;
      const down = below < 0 ? -below : below;
      const steep = across > down ? across : down;
      if (steep === 0) flat += 1;
      else if (steep >= edgeFrom) {
        edges += 1;
        if ((across > down ? down : across) * 6 < steep) straight += 1;
      } else if (steep >= shadedFrom) shaded += 1;
    }
  }
  const pixels = Math.max(1, (width - 2) * rows);
  return {
    flat: flat / pixels,
    edges: edges / pixels,
    straightEdges: edges === 0 ? 0 : straight / edges,
    shaded: shaded / pixels,
  };
}
