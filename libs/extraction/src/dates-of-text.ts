import type { Row } from './document-text.js';
import { readDates } from './read-dates.js';

/** Every date that a text can be read as, in ISO 8601; where day and month may be swapped, both readings. */
export function datesOfText(text: string): string[] {
  const row: Row = { page: 1, index: 0, tokens: [], text, starts: [], segments: [], y0: 0, y1: 0, height: 0 };
  return readDates(row).flatMap(({ dayFirst, monthFirst }) =>
    [dayFirst, monthFirst].filter((date) => date !== undefined),
  );
}
