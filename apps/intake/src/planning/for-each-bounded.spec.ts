import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { forEachBounded } from './for-each-bounded.js';

describe('forEachBounded', () => {
  it('visits every item once, at most so many at a time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat()),
        fc.integer({ min: 1, max: 8 }),
        fc.scheduler(),
        async (items, limit, scheduler) => {
          const visited: number[] = [];
          let under = 0;
          const all = forEachBounded(items, limit, async (item) => {
            under += 1;
            expect(under).toBeLessThanOrEqual(limit);
            await scheduler.schedule(Promise.resolve());
            under -= 1;
            visited.push(item);
          });
          await scheduler.waitFor(all);
          expect([...visited].sort()).toEqual([...items].sort());
        },
      ),
      { numRuns: 50 },
    );
  });

  it('stops at a failure and reports it, after what has begun', async () => {
    const visited: number[] = [];
    const all = forEachBounded([1, 2, 3, 4, 5], 2, async (item) => {
      visited.push(item);
      await Promise.resolve();
      if (item === 2) throw new Error('two');
    });
    await expect(all).rejects.toThrow('two');
    expect(visited).not.toContain(5);
  });
});
