import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { solveRidge, type SparseRows } from './solve-ridge.js';

const width = 4;
const number = fc.double({ min: -3, max: 3, noNaN: true });

function sparseOf(dense: readonly (readonly number[])[]): SparseRows {
  const kept = dense.map((row) => row.flatMap((value, column) => (Math.abs(value) < 0.5 ? [] : [{ column, value }])));
  const starts = Uint32Array.from([0, ...kept.map((_, row) => kept.slice(0, row + 1).flat().length)]);
  const entries = kept.flat();
  return {
    starts,
    columns: Uint32Array.from(entries, ({ column }) => column),
    values: Float64Array.from(entries, ({ value }) => value),
    width,
  };
}

const product = ({ starts, columns, values }: SparseRows, weights: Float64Array, row: number): number => {
  let sum = 0;
  for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at += 1) {
    sum += (values[at] ?? 0) * (weights[columns[at] ?? 0] ?? 0);
  }
  return sum;
};

function loss(rows: SparseRows, targets: Float64Array, weights: Float64Array, shrinkage: number): number {
  const errors = targets.reduce((sum, target, row) => sum + (product(rows, weights, row) - target) ** 2, 0);
  return errors + shrinkage * weights.reduce((sum, weight) => sum + weight * weight, 0);
}

describe('solveRidge', () => {
  it('finds weights that no step away from them betters', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(number, { minLength: width, maxLength: width }), number), { maxLength: 8 }),
        fc.double({ min: 0.5, max: 20, noNaN: true }),
        (examples, shrinkage) => {
          const rows = sparseOf(examples.map(([row]) => row));
          const targets = Float64Array.from(examples, ([, target]) => target);
          const weights = solveRidge(rows, targets, shrinkage);
          const least = loss(rows, targets, weights, shrinkage);
          for (let at = 0; at < width; at += 1) {
            for (const step of [-0.05, 0.05]) {
              const moved = weights.slice();
              moved[at] = (moved[at] ?? 0) + step;
              expect(loss(rows, targets, moved, shrinkage)).toBeGreaterThanOrEqual(least);
            }
          }
        },
      ),
    );
  });

  it('has the known answer for one unknown: xy / (xx + shrinkage)', () => {
    const rows = {
      starts: Uint32Array.of(0, 1, 2),
      columns: Uint32Array.of(0, 0),
      values: Float64Array.of(1, 2),
      width: 1,
    };
    expect(solveRidge(rows, Float64Array.of(3, 5), 5)[0]).toBeCloseTo(13 / 10, 12);
  });
});
