import { describe, expect, it } from '@jest/globals';
import type { PageLane, Routing } from '@waybill/contracts';
import { placePage } from './place-page.js';

const place = (count: number, priority?: Routing['priority'], depth = { front: 0, middle: 0, back: 0 }) => {
  for (let page = 0; page < count; page += 1) depth[placePage(depth, priority)] += 1;
  return depth;
};

describe('placing pages', () => {
  it('puts the first 8 in front, then 128 in the middle, the rest at the back', () => {
    expect(place(10_000)).toEqual({ front: 8, middle: 128, back: 9_864 });
  });

  it.each<[PageLane, { front: number; middle: number; back: number }]>([
    ['front', { front: 0, middle: 7, back: 0 }],
    ['middle', { front: 0, middle: 0, back: 8 }],
    ['back', { front: 0, middle: 0, back: 136 }],
  ])('does not let a new page overtake older ones: %s', (lane, depth) => {
    expect(placePage(depth, 'normal')).toBe(lane);
  });

  it('lets urgent pages pass their tenant’s backlog, as many as a lane takes of one tenant', () => {
    expect(place(200, 'high', { front: 0, middle: 100, back: 5_000 })).toEqual({ front: 8, middle: 128, back: 5_164 });
  });

  it('puts what can wait behind everything', () => {
    expect(place(3, 'low')).toEqual({ front: 0, middle: 0, back: 3 });
  });
});
