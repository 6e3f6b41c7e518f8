import { type Extent, middleOf, quantile, widthOf } from './extent.js';
import { type ColumnPiece, isFigure } from './find-columns.js';
import type { Row } from './gather-rows.js';
import { segmentText } from './gather-segments.js';

/** A line of text of a table, its segments placed in columns. */
export interface PlacedRow {
  readonly row: Row;
  readonly pieces: readonly ColumnPiece[];
}

/** Groups lines of text into the rows of a table: a cell may hold several lines. */
export function gatherLogicalRows(lines: readonly PlacedRow[], rules: readonly Extent[]): PlacedRow[][] {
  const ruled = lines.map((line, at) => isRuledOff(lines[at - 1], line, rules));
  const closest = closestLeading(lines);
  const mostlyRuled = ruled.filter(Boolean).length >= Math.max(3, 0.4 * lines.length);
  const firstFigures = lines.findIndex(({ pieces }) => pieces.filter(isFigure).length >= 2);
  const groups: PlacedRow[][] = [];
  lines.forEach((line, at) => {
    const above = groups.at(-1);
    const previous = lines[at - 1];
    if (!above || !previous || ruled[at]) return void groups.push([line]);
    const leading = middleOf(line.row) - middleOf(previous.row);
    const apart = leading > 1.35 * closest;
    const inHead = at <= firstFigures && !line.pieces.some(isFigure);
    const joins = mostlyRuled || (!apart && (inHead ? continuesHead(above, line) : continuesBody(above, line)));
    if (joins) above.push(line);
    else groups.push([line]);
  });
  return groups;
}

/** Baseline distance of the closest lines: that of two lines in one cell, where there are such. */
function closestLeading(lines: readonly PlacedRow[]): number {
  const leadings = lines.slice(1).map((line, at) => middleOf(line.row) - middleOf(lines[at]?.row ?? line.row));
  return quantile(leadings, 0.15);
}

function isRuledOff(above: PlacedRow | undefined, below: PlacedRow, rules: readonly Extent[]): boolean {
  if (!above) return false;
  const [from, to] = [middleOf(above.row), middleOf(below.row)];
  const width = Math.max(widthOf(above.row), widthOf(below.row));
  const covered = rules
    .filter((rule) => rule.y1 - rule.y0 < rule.x1 - rule.x0 && middleOf(rule) > from && middleOf(rule) < to)
    .map((rule) => Math.min(rule.x1, below.row.x0 + width) - Math.max(rule.x0, below.row.x0));
  return covered.reduce((sum, length) => sum + Math.max(0, length), 0) >= 0.6 * width;
}

/** A line of a heading goes on below when no cell of it spans columns and something stands above each of its cells. */
function continuesHead(above: readonly PlacedRow[], line: PlacedRow): boolean {
  const spans = (pieces: readonly ColumnPiece[]): boolean => pieces.some(({ first, last }) => last > first);
  return !spans(line.pieces) && !above.some(({ pieces }) => spans(pieces));
}

/** A line goes on a cell's text when it has no figures, fewer cells than the row, and starts in the middle of a sentence. */
function continuesBody(above: readonly PlacedRow[], line: PlacedRow): boolean {
  const columnsAbove = new Set(above.flatMap(({ pieces }) => pieces.map(({ first }) => first)));
  const texts = line.pieces.map(({ segment }) => segmentText(segment));
  const goesOn = texts.every((text) => /^[\p{Ll}(&]/u.test(text));
  if (line.pieces.some(isFigure)) {
    const labelOnly = above.every(({ pieces }) => pieces.every(({ first }) => first === 0));
    return labelOnly && above.length < 3 && line.pieces[0]?.first === 0 && /^[\p{Ll}(&]/u.test(texts[0] ?? '');
  }
  const within = line.pieces.every(({ first }) => columnsAbove.has(first));
  if (line.pieces.every(({ first }) => first > 0)) return within;
  return within && goesOn;
}
