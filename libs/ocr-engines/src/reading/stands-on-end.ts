import type { RawWord } from '@waybill/document-layout';

/** Whether most words of several letters are higher than wide: the engine reads lines that run up the page. */
export function standsOnEnd(words: readonly RawWord[]): boolean {
  const long = words.filter(({ text }) => text.length >= 4);
  const onEnd = long.filter(({ box: [x0, y0, x1, y1] }) => y1 - y0 > x1 - x0);
  return long.length >= 3 && onEnd.length > long.length / 2;
}
