import type { Box } from '@waybill/contracts';
import type { HostedWord } from './hosted-reader.js';

/** A line of text whose words have no boxes of their own. */
export interface PlacedText {
  readonly text: string;
  readonly box: Box;
  readonly confidence: number;
}

/** Words of one line, each with the share of the line's width that its letters and the space after it take. */
export function placeWords({ text, box, confidence }: PlacedText): HostedWord[] {
  const [x0, y0, x1, y1] = box;
  const words = text.split(/\s+/).filter((word) => word !== '');
  const letters = words.map((word) => [...word].length);
  const total = letters.reduce((sum, count) => sum + count, 0) + Math.max(0, words.length - 1);
  const step = total === 0 ? 0 : (x1 - x0) / total;
  let at = x0;
  return words.map((word, index) => {
    const wide = (letters[index] ?? 0) * step;
    const placed = { text: word, box: [at, y0, at + wide, y1] as Box, confidence };
    at += wide + step;
    return placed;
  });
}

/** Lines of a block, one below the other over its height; the longest takes the block's width. */
export function placeLines(lines: readonly string[], { box, confidence }: Omit<PlacedText, 'text'>): HostedWord[] {
  const [x0, y0, x1, y1] = box;
  const written = lines.filter((line) => line.trim() !== '');
  const longest = Math.max(1, ...written.map((line) => [...line.trim()].length));
  const high = (y1 - y0) / Math.max(1, written.length);
  return written.flatMap((line, index) => {
    const top = y0 + index * high;
    const right = x0 + ((x1 - x0) * [...line.trim()].length) / longest;
    // A tenth above and below is the white between lines.
    return placeWords({ text: line, box: [x0, top + 0.1 * high, right, top + 0.9 * high], confidence });
  });
}
