import { describe, expect, it } from '@jest/globals';
import type { Box } from '@waybill/contracts';
import { tableRules } from './table-rules.js';

describe('tableRules', () => {
  it('draws a border once where cells leave a gap between them', () => {
    const cells: Box[] = [
      [0, 0, 48, 20],
      [52, 0, 100, 20],
      [0, 22, 48, 40],
      [52, 22, 100, 40],
    ];
    const xs = new Set(tableRules(cells).flatMap(({ x0, x1 }) => [x0, x1]));
    const ys = new Set(tableRules(cells).flatMap(({ y0, y1 }) => [y0, y1]));
    expect([...xs].sort((a, b) => a - b)).toEqual([0, 50, 100]);
    expect([...ys].sort((a, b) => a - b)).toEqual([0, 21, 40]);
  });

  it('leaves a cell that spans columns whole', () => {
    const rules = tableRules([
      [0, 0, 100, 20],
      [0, 20, 50, 40],
      [50, 20, 100, 40],
    ]);
    const inner = rules.filter(({ x0, x1 }) => x0 === 50 && x1 === 50);
    expect(inner).toEqual([{ x0: 50, y0: 20, x1: 50, y1: 40 }]);
  });

  it('draws nothing for cells without extent', () => {
    expect(tableRules([])).toEqual([]);
    expect(tableRules([[5, 5, 5, 9]])).toEqual([]);
  });
});
