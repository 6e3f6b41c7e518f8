import type { PageLayout } from '@waybill/contracts';

export interface ScaleMeasures {
  /** Figures of the longest scale that lies across the page, and of the longest one that stands on it, as log(1 + n). */
  readonly scaleAcross: number;
  readonly scaleDown: number;
}

/** A figure and where it stands: `along` the scale and `aside` from it, in the page's own unit. */
interface Figure {
  readonly value: number;
  readonly along: number;
  readonly aside: number;
  readonly size: number;
}

const figurePattern = /^[-−+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?$/;
const fewestFigures = 3;
/** How far steps of one scale may differ, as a share of a step. */
const [stepTolerance, placeTolerance] = [0.02, 0.25];

/**
 * The scales of a chart: figures in one row or column that stand evenly apart and rise or fall by the same amount. Rows of
 * tables hold figures, too, but seldom such.
 */
export function measureScales({ words, width, height }: PageLayout): ScaleMeasures {
  const figures = words.flatMap(({ text, box: [x0, y0, x1, y1] }) => {
    const value = valueOf(text);
    if (value === undefined) return [];
    return [{ value, x: ((x0 + x1) / 2) * width, y: ((y0 + y1) / 2) * height, size: (y1 - y0) * height }];
  });
  const across = figures.map(({ value, x, y, size }) => ({ value, along: x, aside: y, size }));
  const down = figures.map(({ value, x, y, size }) => ({ value, along: y, aside: x, size: 2 * size }));
  return { scaleAcross: Math.log1p(longestScale(across)), scaleDown: Math.log1p(longestScale(down)) };
}

function valueOf(text: string): number | undefined {
  if (!/\d/.test(text) || !figurePattern.test(text)) return undefined;
  const value = Number(text.replace(/,/g, '').replace('−', '-'));
  return Number.isFinite(value) ? value : undefined;
}

function longestScale(figures: readonly Figure[]): number {
  let longest = 0;
  for (const group of groupsOf(figures)) {
    const inOrder = group.toSorted((one, other) => one.along - other.along);
    for (let start = 0; start + fewestFigures <= inOrder.length; start += 1) {
      longest = Math.max(longest, lengthFrom(inOrder, start));
    }
  }
  return longest;
}

/** Figures that stand at about the same place aside. */
function groupsOf(figures: readonly Figure[]): Figure[][] {
  const groups: Figure[][] = [];
  for (const figure of figures.toSorted((one, other) => one.aside - other.aside)) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && figure.aside - last.aside < figure.size / 2) group.push(figure);
    else groups.push([figure]);
  }
  return groups;
}

/** How many figures from `start` on continue the step between the first two, in value and in place; 0 for fewer than three. */
function lengthFrom(figures: readonly Figure[], start: number): number {
  const [first, second] = [figures[start], figures[start + 1]];
  if (!first || !second) return 0;
  const [step, pitch] = [second.value - first.value, second.along - first.along];
  if (step === 0 || pitch <= 0) return 0;
  let count = 2;
  for (let at = start + 2; at < figures.length; at += 1) {
    const [figure, before] = [figures[at], figures[at - 1]];
    if (!figure || !before) break;
    if (Math.abs(figure.value - before.value - step) > stepTolerance * Math.abs(step)) break;
    if (Math.abs(figure.along - before.along - pitch) > placeTolerance * pitch) break;
    count += 1;
  }
  return count >= fewestFigures ? count : 0;
}
