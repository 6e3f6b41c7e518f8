import type { RawWord } from '../page-reading.js';
import { sharesPlace } from './compare-words.js';

/** Below this, what an engine reads in a picture beside sound text is mostly ornament. */
const sureFrom = 0.6;

/** The page's own words, and those of its pictures where the page has none itself. Both in the page's unit. */
export function mergePictureWords(text: readonly RawWord[], found: readonly RawWord[]): RawWord[] {
  const missing = found.filter(
    ({ confidence, box }) => confidence >= sureFrom && !text.some((word) => sharesPlace(word.box, box)),
  );
  return [...text, ...missing];
}
