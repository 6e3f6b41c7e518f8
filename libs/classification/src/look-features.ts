import { findInk } from './find-ink.js';
import { findMarks } from './find-marks.js';
import { measureBlocks } from './measure-blocks.js';
import { measureColours } from './measure-colours.js';
import { measureLetters } from './measure-letters.js';
import { measureRules } from './measure-rules.js';
import { measureTones } from './measure-tones.js';
import type { PageLook } from './page-look.js';

/** The pixels of a look at a large page. */
const mostPixels = 220_000;
/** Sheets of paper are about this much taller than wide (A4 1.41, letter 1.29), as a logarithm. */
const [sheetTallness, sheetSpread] = [0.31, 0.08];

/** Named numbers that tell kinds of pages apart. Names and scales belong to the weights: a change needs a new fit. */
export type Features = Readonly<Record<string, number>>;

/** What the picture of a page tells before anything on it is read. */
export function lookFeatures(look: PageLook): Features {
  const { width, height } = look;
  const { gray, ...colours } = measureColours(look);
  const { paper, ...tones } = measureTones({ data: gray, width, height });
  const ink = findInk({ data: gray, width, height }, paper);
  const { lying, standing, lyingCount, standingCount } = measureRules(ink);
  const letters = measureLetters(findMarks(ink), width, height);
  return {
    ...colours,
    ...tones,
    ...measureBlocks({ data: gray, width, height }),
    darkPaper: paper < 110 ? 1 : 0,
    tallness: Math.max(-2.5, Math.min(2.5, Math.log(height / width))),
    sheetShape: Math.exp(-(((Math.log(height / width) - sheetTallness) / sheetSpread) ** 2)),
    smallness: Math.max(0, Math.min(3, Math.log(mostPixels / Math.max(1, width * height)))),
    inked: ink.inked,
    lyingRules: Math.log1p(lying),
    standingRules: Math.log1p(standing),
    lyingCount: Math.log1p(lyingCount),
    standingCount: Math.log1p(standingCount),
    ...letters,
    letters: Math.log1p(letters.letters),
    specks: Math.log1p(letters.specks),
    pieces: Math.log(Math.max(1, letters.pieces)),
    largeMarks: Math.log1p(letters.largeMarks),
  };
}
