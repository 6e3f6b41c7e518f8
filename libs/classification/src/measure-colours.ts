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
const fillShare = 0.005;

/** Colour statistics of a page. A picture in gray has no tint. */
export function measureColours(look: PageLook): ColourMeasures {
  const { data, channels } = look;
  const pixels = look.width * look.height;
  const gray = channels === 1 ? data : new Uint8Array(pixels);
  const colours = new Uint32Array(4_096);
  const hues = new Uint32Array(hueBins);
  let [spreads, tinted, vivid] = [0, 0, 0];
  for (let at = 0, from = 0; at < pixels; at += 1, from += channels) {
    const red = data[from] as number;
    const green = channels === 1 ? red : (data[from + 1] as number);
    const blue = channels === 1 ? red : (data[from + 2] as number);
    const cell = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
    colours[cell] = (colours[cell] as number) + 1;
    if (channels === 1) continue;
    gray[at] = (red * 77 + green * 150 + blue * 29) >> 8;
    const high = red > green ? (red > blue ? red : blue) : green > blue ? green : blue;
    const low = red < green ? (red < blue ? red : blue) : green < blue ? green : blue;
    const spread = high - low;
    spreads += spread;
    if (spread < tintedFrom) continue;
    tinted += 1;
    if (spread >= vividFrom) vivid += 1;
    const bin = hueBin(
      high === red ? (green - blue) / spread : high === green ? 2 + (blue - red) / spread : 4 + (red - green) / spread,
    );
    hues[bin] = (hues[bin] as number) + 1;
  }
  const sorted = Uint32Array.from(colours).sort().reverse();
  const eight = sorted.subarray(0, 8).reduce((sum, count) => sum + count, 0);
  return {
    gray,
    saturation: spreads / (255 * pixels),
    tinted: tinted / pixels,
    vivid: vivid / pixels,
    hueSpread: entropyOf(hues),
    commonest: (sorted[0] ?? 0) / pixels,
    eightCommonest: eight / pixels,
    colourSpread: entropyOf(colours),
    fills: sorted.findIndex((count) => count < fillShare * pixels) - 1,
  };
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
