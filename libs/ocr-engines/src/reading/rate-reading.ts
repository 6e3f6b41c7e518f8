import type { RawWord } from '@waybill/document-layout';
import type { Mark } from './find-marks.js';
import { WordsAt } from './words-at.js';

/** How good a reading is, without knowing the truth. */
export interface Rating {
  /** Mean confidence of the words, long ones weighing more; 0 without words. */
  readonly confidence: number;
  /** Share of the letter-sized marks that stand inside a word. Few words for much ink is a failure, however sure. */
  readonly coverage: number;
  /** Letters read with more certainty than a coin, minus the others: to compare two readings of one page. */
  readonly worth: number;
}

/** Words that a reader would believe count as covering ink. */
const believedConfidence = 0.3;

export function rateReading(words: readonly RawWord[], letters: readonly Mark[]): Rating {
  let [sum, count, worth] = [0, 0, 0];
  for (const { text, confidence } of words) {
    const length = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    sum += confidence * length;
    count += length;
    worth += (confidence - 0.5) * length;
  }
  return { confidence: count === 0 ? 0 : sum / count, coverage: coverageOf(words, letters), worth };
}

function coverageOf(words: readonly RawWord[], letters: readonly Mark[]): number {
  if (letters.length === 0) return 1;
  const read = new WordsAt(words.filter(({ confidence }) => confidence >= believedConfidence));
  const covered = letters.filter(({ x0, y0, x1, y1 }) => read.hasAt([(x0 + x1) / 2, (y0 + y1) / 2])).length;
  return covered / letters.length;
}
