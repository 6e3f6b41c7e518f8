import type { PageLook } from './page-look.js';

export interface ColourMeasures {
  /** Brightness of each pixel, 0..255 (Rec. 601). */
  readonly gray: Uint8Array;
  /** How far red, green and blue lie apart on average, 0..1. */
  readonly saturation: number;
  /** Share of pixels with a visible tint, and of those with a strong one. */
  readonly tinted: number;
  readonly vivid: number;
  /** Spread of the hues of tinted pixels, 0..1: 0 for one hue. */
  readonly hueSpread: number;
  /** Share of pixels in the commonest of 4,096 colours, and in the eight commonest. */
  readonly commonest: number;
  readonly eightCommonest: number;
  /** Spread of the colours, 0..1: 0 for one colour. */
  readonly colourSpread: number;
  /** Colours other than the commonest that fill at least half a hundredth of the page each. */
  readonly fills: number;
}

const tintedFrom = 36;
const vividFrom = 96;
const hueBins = 24;
const colourCells = 4_096;
const fillShare = 0.005;
/** Of every square of this side one pixel is counted: shares of a page need no more. */
const sampleStep = 2;

/** Colour statistics of a page. A picture in gray has no tint. */
export function measureColours(look: PageLook): ColourMeasures {
  const { gray, colours, hues, counted, spreads, tinted, vivid } =
    look.channels === 1 ? countGrays(look) : countTints(look);
  const sorted = colours.slice().sort().reverse();
  const eight = sorted.subarray(0, 8).reduce((sum, count) => sum + count, 0);
  return {
    gray,
    saturation: spreads / (255 * counted),
    tinted: tinted / counted,
    vivid: vivid / counted,
    hueSpread: entropyOf(hues),
    commonest: (sorted[0] ?? 0) / counted,
    eightCommonest: eight / counted,
    colourSpread: entropyOf(colours),
    fills: sorted.findIndex((count) => count < fillShare * counted) - 1,
  };
}

interface ColourCounts {
  readonly gray: Uint8Array;
  readonly colours: Uint32Array;
  readonly hues: Uint32Array;
  readonly counted: number;
  readonly spreads: number;
  readonly tinted: number;
  readonly vivid: number;
}

function countGrays({ data, width, height }: PageLook): ColourCounts {
  const colours = new Uint32Array(colourCells);
  let counted = 0;
  for (let y = 0; y < height; y += sampleStep) {
    const end = (y + 1) * width;
    for (let at = y * width; at < end; at += sampleStep) {
      const level = (data[at] as number) >> 4;
      const cell = (level << 8) | (level << 4) | level;
      colours[cell] = (colours[cell] as number) + 1;
      counted += 1;
    }
  }
  return { gray: data, colours, hues: new Uint32Array(hueBins), counted, spreads: 0, tinted: 0, vivid: 0 };
}

function countTints(look: PageLook): ColourCounts {
  const { data, width, height } = look;
  const colours = new Uint32Array(colourCells);
  const hues = new Uint32Array(hueBins);
  let [spreads, tinted, vivid, counted] = [0, 0, 0, 0];
  for (let y = 0; y < height; y += sampleStep) {
    const end = (y + 1) * width * 3;
    for (let from = y * width * 3; from < end; from += sampleStep * 3) {
      const red = data[from] as number;
      const green = data[from + 1] as number;
      const blue = data[from + 2] as number;
      const cell = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
      colours[cell] = (colours[cell] as number) + 1;
      counted += 1;
      const high = red > green ? (red > blue ? red : blue) : green > blue ? green : blue;
      const low = red < green ? (red < blue ? red : blue) : green < blue ? green : blue;
      const spread = high - low;
      spreads += spread;
      if (spread < tintedFrom) continue;
      tinted += 1;
      if (spread >= vividFrom) vivid += 1;
      const bin = hueBin(
        high === red
          ? (green - blue) / spread
          : high === green
            ? 2 + (blue - red) / spread
            : 4 + (red - green) / spread,
      );
      hues[bin] = (hues[bin] as number) + 1;
    }
  }
  return { gray: grayOf(look), colours, hues, counted, spreads, tinted, vivid };
}

function grayOf({ data, width, height }: PageLook): Uint8Array {
  const gray = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < gray.length; at += 1, from += 3) {
    const weighted = (data[from] as number) * 77 + (data[from + 1] as number) * 150 + (data[from + 2] as number) * 29;
    gray[at] = weighted >> 8;
  }
  return gray;
}

/** `sixths` of the way around the circle of hues, -1..5. */
function hueBin(sixths: number): number {
  const turn = sixths < 0 ? sixths + 6 : sixths;
  return Math.min(hueBins - 1, Math.floor((turn / 6) * hueBins));
}

/** Shannon entropy of counts as a share of its highest value, 0..1. */
export function entropyOf(counts: Uint32Array): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / total) * Math.log2(count / total);
  return bits / Math.log2(counts.length);
}
