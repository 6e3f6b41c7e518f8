import { type Extent, extentAround, heightOf, middleOf, sharedHeight, widthOf } from './extent.js';
import type { PhraseDraft } from './row-pair.js';
import type { Row } from './gather-rows.js';
import { findWrittenBoxes, type Mark } from './find-written-boxes.js';
import type { PlacedSquare, PlacedWord } from './upright-page.js';

/** A box for a cross, by reference to words. */
export interface CheckBoxDraft extends Extent {
  readonly state: 'checked' | 'unchecked';
  /** Words that are nothing but its mark. */
  readonly words: readonly PlacedWord[];
  readonly label: PhraseDraft | undefined;
  /** How sure it is that this is a box for a cross, 0..1, before the words' own confidence. */
  readonly certainty: number;
}

/** Sizes of a box for a cross, as multiples of the words' height. */
const smallestSide = 0.55;
const largestSide = 2.6;
/** A label begins at most this many heights of the box beside it. */
const farthestLabel = 3;

/** Finds boxes for crosses among words and drawn squares, with the text beside each. */
export function findCheckBoxes(rows: readonly Row[], squares: readonly PlacedSquare[]): CheckBoxDraft[] {
  const sized = rows.flatMap((row) => squares.filter((square) => standsIn(square, row)).map((square) => [square, row]));
  const rowOf = new Map(sized as [PlacedSquare, Row][]);
  return rows.flatMap((row) => {
    const words = row.segments.flatMap((segment) => segment.words);
    const drawn = [...rowOf].flatMap(([square, home]) => (home === row ? drawnMark(square, words) : []));
    const written = findWrittenBoxes(words).filter((mark) => !drawn.some((other) => overlap(mark, other)));
    const marks = [...drawn, ...written].sort((a, b) => a.x0 - b.x0);
    return marks.map((mark, at) => withLabel(mark, words, { before: marks[at - 1], after: marks[at + 1] }));
  });
}

function standsIn(square: PlacedSquare, row: Row): boolean {
  const side = heightOf(square);
  if (side < smallestSide * row.wordHeight || side > largestSide * row.wordHeight) return false;
  if (Math.abs(widthOf(square) - side) > 0.3 * side) return false;
  return sharedHeight(square, row) >= 0.5 * Math.min(side, heightOf(row));
}

/** A square is a box for a cross unless text stands in it; a letter or a sign is its cross, or how an engine read it. */
function drawnMark(square: PlacedSquare, words: readonly PlacedWord[]): Mark[] {
  const inside = words.filter((word) => {
    const y = middleOf(word);
    return centreOf(word) > square.x0 && centreOf(word) < square.x1 && y > square.y0 && y < square.y1;
  });
  const isLetter = words.some(
    (word) => word.text.length > 2 && overlap(word, square) && word.x0 < centreOf(square) && word.x1 > centreOf(square),
  );
  if (isLetter || inside.length > 1 || inside.some(({ text }) => text.length > 2)) return [];
  const { x0, y0, x1, y1, ink } = square;
  return [{ x0, y0, x1, y1, state: ink === 'marked' ? 'checked' : 'unchecked', words: inside, certainty: 0.9 }];
}

const centreOf = ({ x0, x1 }: Extent): number => (x0 + x1) / 2;

const overlap = (a: Extent, b: Extent): boolean => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;

function withLabel(
  mark: Mark,
  words: readonly PlacedWord[],
  { before, after }: { before: Mark | undefined; after: Mark | undefined },
): CheckBoxDraft {
  const taken = new Set([mark, before, after].flatMap((other) => other?.words ?? []));
  const free = words.filter((word) => !taken.has(word) && word !== mark.glued?.word);
  const widest = farthestLabel * heightOf(mark);
  const right = runAfter(free, mark.glued?.word.x1 ?? mark.x1, widest, after?.x0 ?? Infinity);
  const glued = mark.glued ? [mark.glued.word] : [];
  const members = [...glued, ...right];
  const label = members.length > 0 ? members : runBefore(free, mark.x0, widest, before?.x1 ?? -Infinity);
  const { x0, y0, x1, y1, state, certainty } = mark;
  const texts = label.map((word) => (word === mark.glued?.word ? mark.glued.text : word.text));
  return {
    ...{ x0, y0, x1, y1, state, words: mark.words },
    label: label.length === 0 ? undefined : { text: texts.join(' '), words: label },
    certainty: label.length === 0 ? 0.7 * certainty : certainty,
  };
}

/** Words to the right of an edge, up to a wide gap or the next box. */
function runAfter(words: readonly PlacedWord[], from: number, widest: number, end: number): PlacedWord[] {
  const run: PlacedWord[] = [];
  let edge = from;
  for (const word of words.filter(({ x0, x1 }) => (x0 + x1) / 2 > from).toSorted((a, b) => a.x0 - b.x0)) {
    const gap = word.x0 - edge;
    if (word.x1 > end || gap > (run.length === 0 ? widest : 1.2 * heightOf(extentAround(run)))) break;
    run.push(word);
    edge = word.x1;
  }
  return run;
}

function runBefore(words: readonly PlacedWord[], to: number, widest: number, start: number): PlacedWord[] {
  const run: PlacedWord[] = [];
  let edge = to;
  for (const word of words.filter(({ x0, x1 }) => (x0 + x1) / 2 < to).toSorted((a, b) => b.x1 - a.x1)) {
    const gap = edge - word.x1;
    if (word.x0 < start || gap > (run.length === 0 ? widest : 1.2 * heightOf(extentAround(run)))) break;
    run.unshift(word);
    edge = word.x0;
  }
  return run;
}
