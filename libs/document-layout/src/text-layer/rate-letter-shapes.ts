/** A drawn letter: what it claims to be, and how far its ink reaches above the baseline, in any unit of its font. */
export interface LetterShape {
  readonly font: number;
  readonly letter: string;
  readonly height: number;
}

const tall = new Set('ABCDEFGHIKLMNOPRSTUVWXYZbdfhkl');
const low = new Set('acemnorsuvwxz');
/** A font's letters tell something when there are this many of them, of two heights. */
const leastLetters = 30;
const heightRatio = 1.15;

/**
 * The share of letters that stand as high as another kind of letter does (an `l` as low as an `x`), 0..1: a text layer
 * whose letters were exchanged has other shapes than it says. Fonts of one height (capitals, small capitals) tell nothing.
 */
export function rateLetterShapes(shapes: readonly LetterShape[]): number {
  const fonts = groupByFont(shapes);
  let [misshapen, told] = [0, 0];
  for (const letters of fonts.values()) {
    if (letters.length < leastLetters) continue;
    const heights = letters.map(({ height }) => height).sort((one, other) => one - other);
    const [lower, upper] = [quantile(heights, 0.15), quantile(heights, 0.85)];
    if (!(lower > 0) || upper < heightRatio * lower) continue;
    const middle = (lower + upper) / 2;
    told += letters.length;
    misshapen += letters.filter(({ letter, height }) => (tall.has(letter) ? height < middle : height > middle)).length;
  }
  return told === 0 ? 0 : misshapen / told;
}

function groupByFont(shapes: readonly LetterShape[]): Map<number, LetterShape[]> {
  const fonts = new Map<number, LetterShape[]>();
  for (const shape of shapes) {
    if (!tall.has(shape.letter) && !low.has(shape.letter)) continue;
    const known = fonts.get(shape.font);
    if (known) known.push(shape);
    else fonts.set(shape.font, [shape]);
  }
  return fonts;
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
