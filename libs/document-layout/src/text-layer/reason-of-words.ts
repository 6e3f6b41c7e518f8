import type { Box, TextLayerReason, TextLayerReasonCode } from '@waybill/contracts';
import type { RawWord } from '../page-reading.js';

const sampleLength = 240;
const mostBoxes = 20;

/** What was found about some words of a layer: how many, what they say, and where they stand, 0..1 of the page. */
export function reasonOfWords(
  code: TextLayerReasonCode,
  words: readonly RawWord[],
  page: { readonly width: number; readonly height: number },
): TextLayerReason {
  return { code, words: words.length, sample: sampleOf(words), boxes: lineBoxes(words, page).slice(0, mostBoxes) };
}

function sampleOf(words: readonly RawWord[]): string {
  const text = words
    .slice(0, sampleLength)
    .map((word) => word.text)
    .join(' ');
  return text.length <= sampleLength ? text : `${text.slice(0, sampleLength - 1)}…`;
}

/** One box for words that follow each other on a line: a hidden paragraph is a few boxes, not a hundred. */
function lineBoxes(words: readonly RawWord[], { width, height }: { width: number; height: number }): Box[] {
  const boxes: Box[] = [];
  for (const { box } of words) {
    const last = boxes.at(-1);
    if (last && isNextOnLine(last, box)) {
      boxes[boxes.length - 1] = [
        Math.min(last[0], box[0]),
        Math.min(last[1], box[1]),
        Math.max(last[2], box[2]),
        Math.max(last[3], box[3]),
      ];
    } else boxes.push([...box]);
  }
  return boxes.map(([x0, y0, x1, y1]) => [x0 / width, y0 / height, x1 / width, y1 / height]);
}

function isNextOnLine(last: Box, next: Box): boolean {
  const lineHeight = Math.max(last[3] - last[1], next[3] - next[1]);
  const middle = (next[1] + next[3]) / 2;
  return middle > last[1] && middle < last[3] && next[0] >= last[0] && next[0] - last[2] < 2 * lineHeight;
}
