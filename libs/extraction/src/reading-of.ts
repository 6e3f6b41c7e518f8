import { calibrationData } from './calibration-data.js';
import type { Token } from './document-text.js';
import { bareWord } from './word-signs.js';

/**
 * The probability that all words were read right, from the engine's confidences by curves that were measured; words of a
 * text layer (confidence 1) are taken as they stand. Punctuation that stands alone does not count: it makes no value wrong.
 */
export const readingOf = (tokens: readonly Token[]): number =>
  tokens.length === 0 ? 0 : tokens.reduce((product, token) => product * rightShare(token), 1);

function rightShare({ text, confidence, isConfirmed }: Token): number {
  if (confidence >= 1 || bareWord(text) === '') return 1;
  const curve = calibrationData.reading[isConfirmed ? 'confirmed' : /\d/.test(text) ? 'withDigits' : 'withoutDigits'];
  const after = curve.findIndex(([from]) => from > confidence);
  const [low, high] = [curve[after < 0 ? curve.length - 1 : after - 1], curve[after]];
  if (!low) return curve[0]?.[1] ?? confidence;
  if (!high) return low[1];
  return low[1] + ((confidence - low[0]) / (high[0] - low[0])) * (high[1] - low[1]);
}
