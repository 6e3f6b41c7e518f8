import { extentAround, heightOf } from './extent.js';
import type { PhraseDraft, RowPair } from './row-pair.js';
import type { Row } from './gather-rows.js';
import type { Segment } from './gather-segments.js';

/** A value goes on behind a gap up to this many word heights, as typewriters and tabulators leave it. */
const widestGap = 2.5;
/** A line further below, or begun further to the side, in word heights, belongs to something else. */
const [furthestBelow, furthestAside] = [0.9, 1];
const mostLines = 12;
/** A line that reaches this far across the text goes on in the next one, wherever that begins. */
const fullLine = 0.85;

/**
 * The value of a pair whose label ends with a colon, with what follows it: words behind a gap in its row, lines below that
 * begin where it began, and, where its line is full, lines that begin where its label did. `rows` are the rows around it in
 * order; `isLabelled` tells segments that begin with a label of their own.
 */
export function continueValue(pair: RowPair, rows: readonly Row[], isLabelled: (segment: Segment) => boolean): RowPair {
  const [row] = pair.rows;
  const at = row ? rows.indexOf(row) : -1;
  if (!row || at < 0 || pair.rows.length > 1) return pair;
  const behind = segmentsBehind(pair.value, row, isLabelled);
  const below = segmentsBelow(pair, behind, { rows, at, isLabelled });
  const more = [...behind, ...below].flatMap((segment) => segment.words);
  if (more.length === 0) return pair;
  const text = [pair.value.text, ...more.map((word) => word.text)].join(' ');
  return { ...pair, value: { text, words: [...pair.value.words, ...more] } };
}

function segmentsBehind(value: PhraseDraft, row: Row, isLabelled: (segment: Segment) => boolean): Segment[] {
  const last = value.words.at(-1);
  const own = row.segments.findIndex((segment) => last !== undefined && segment.words.includes(last));
  if (own < 0 || row.segments[own]?.words.at(-1) !== last) return [];
  const behind: Segment[] = [];
  let end = row.segments[own]?.x1 ?? 0;
  for (const segment of row.segments.slice(own + 1)) {
    if (segment.x0 - end > widestGap * row.wordHeight || isLabelled(segment)) break;
    behind.push(segment);
    end = segment.x1;
  }
  return behind;
}

interface Surroundings {
  readonly rows: readonly Row[];
  readonly at: number;
  readonly isLabelled: (segment: Segment) => boolean;
}

function segmentsBelow(
  { key, value }: RowPair,
  behind: readonly Segment[],
  { rows, at, isLabelled }: Surroundings,
): Segment[] {
  const starts = { key: extentAround(key.words).x0, value: extentAround(value.words).x0 };
  const rightmost = Math.max(...rows.map(({ x1 }) => x1));
  const below: Segment[] = [];
  let above = rows[at];
  let end = behind.at(-1)?.x1 ?? extentAround(value.words).x1;
  for (const row of rows.slice(at + 1, at + mostLines)) {
    const [first] = row.segments;
    if (!above || !first || row.segments.some(isLabelled)) break;
    if (row.y0 - above.y1 > furthestBelow * Math.max(row.wordHeight, heightOf(above))) break;
    const reach = furthestAside * row.wordHeight;
    const hangs = Math.abs(first.x0 - starts.value) <= reach;
    const flows = Math.abs(first.x0 - starts.key) <= reach && end >= fullLine * rightmost;
    if ((!hangs && !flows) || row.segments.length > 1) break;
    below.push(first);
    [above, end] = [row, first.x1];
  }
  return below;
}
