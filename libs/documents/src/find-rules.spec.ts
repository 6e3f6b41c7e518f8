import { describe, expect, it } from '@jest/globals';
import { findRules } from './find-rules.js';

const [width, height] = [600, 400];
type Ink = readonly [left: number, top: number, right: number, bottom: number];

function pageOf(...marks: Ink[]) {
  const data = new Uint8Array(width * height).fill(255);
  for (const [left, top, right, bottom] of marks) {
    for (let row = top; row < bottom; row += 1) data.fill(20, row * width + left, row * width + right);
  }
  return { data, width, height, channels: 1 as const, dpi: null };
}

const rulesOf = (...marks: Ink[]) => findRules(pageOf(...marks), { width, height });

describe('findRules', () => {
  it('finds lines both ways, through their crossing, at their middle', () => {
    expect(rulesOf([50, 100, 500, 102], [200, 40, 202, 360])).toEqual([
      { x0: 50, y0: 101, x1: 500, y1: 101 },
      { x0: 201, y0: 40, x1: 201, y1: 360 },
    ]);
  });

  it('reaches over the small gaps of a bad copy, and not over larger ones', () => {
    expect(rulesOf([50, 100, 200, 101], [202, 100, 400, 101])).toHaveLength(1);
    expect(rulesOf([50, 100, 200, 101], [220, 100, 400, 101])).toHaveLength(2);
  });

  it('follows a line that sinks by a pixel now and then', () => {
    expect(rulesOf([50, 100, 200, 101], [190, 101, 400, 102])).toEqual([{ x0: 50, y0: 101, x1: 400, y1: 101 }]);
  });

  it('takes neither letters nor bars nor pictures for rules', () => {
    expect(rulesOf([50, 100, 70, 120], [100, 200, 500, 240])).toEqual([]);
  });

  it('speaks in the unit of the displayed page', () => {
    const rules = findRules(pageOf([60, 100, 480, 102]), { width: 300, height: 200 });
    expect(rules).toEqual([{ x0: 30, y0: 50.5, x1: 240, y1: 50.5 }]);
  });
});
