import type { PageLayout } from '@waybill/contracts';
import type { PageReading } from './page-reading.js';

/** Lays out one page: words in reading order with boxes normalised to 0..1 of the displayed page. */
export function layOutPage(reading: PageReading): PageLayout {
  const { words, rules: _rules, ...facts } = reading;
  const share = (value: number, whole: number): number => Math.min(1, Math.max(0, value / whole));
  return {
    version: 1,
    ...facts,
    words: words
      .toSorted((a, b) => a.box[1] - b.box[1] || a.box[0] - b.box[0])
      .map(({ text, box: [x0, y0, x1, y1], confidence }) => ({
        text,
        box: [
          share(x0, reading.width),
          share(y0, reading.height),
          share(x1, reading.width),
          share(y1, reading.height),
        ],
        confidence,
      })),
    lines: [],
    blocks: [],
    tables: [],
    keyValues: [],
  };
}
