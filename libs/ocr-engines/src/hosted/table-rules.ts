import type { Box } from '@waybill/contracts';
import type { RuleLine } from '@waybill/document-layout';

/** Edges of neighbouring cells are one line when they are nearer than this share of the smallest cell. */
const nearness = 0.35;

/**
 * The borders of a table's cells as ruled lines, which is what the layout builds tables from. Neighbouring cells share a
 * border even where the engine leaves a gap between them. Boxes and lines are in one unit, whichever.
 */
export function tableRules(cells: readonly Box[]): RuleLine[] {
  const solid = cells.filter(([x0, y0, x1, y1]) => x1 > x0 && y1 > y0);
  const toColumn = snapping(
    solid.flatMap(([x0, , x1]) => [x0, x1]),
    nearness * Math.min(...solid.map(([x0, , x1]) => x1 - x0)),
  );
  const toRow = snapping(
    solid.flatMap(([, y0, , y1]) => [y0, y1]),
    nearness * Math.min(...solid.map(([, y0, , y1]) => y1 - y0)),
  );
  const lines = new Map<string, RuleLine>();
  const add = (x0: number, y0: number, x1: number, y1: number): void => {
    lines.set([x0, y0, x1, y1].join(), { x0, y0, x1, y1 });
  };
  for (const [left, top, right, bottom] of solid) {
    const [x0, x1, y0, y1] = [toColumn(left), toColumn(right), toRow(top), toRow(bottom)];
    add(x0, y0, x1, y0);
    add(x0, y1, x1, y1);
    add(x0, y0, x0, y1);
    add(x1, y0, x1, y1);
  }
  return [...lines.values()];
}

/** Maps each of some positions to the mean of those that lie near it. */
function snapping(positions: readonly number[], distance: number): (at: number) => number {
  const groups: number[][] = [];
  for (const at of positions.toSorted((a, b) => a - b)) {
    const last = groups.at(-1);
    if (last && at - (last[0] ?? at) <= distance) last.push(at);
    else groups.push([at]);
  }
  const means = new Map(groups.flatMap((group) => group.map((at) => [at, mean(group)] as const)));
  return (at) => means.get(at) ?? at;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
