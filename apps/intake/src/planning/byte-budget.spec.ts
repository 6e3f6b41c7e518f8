import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ByteBudget } from './byte-budget.js';

describe('ByteBudget', () => {
  it('never lets more than the budget begin, and lets everything begin at last', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(150), { maxLength: 40 }), fc.scheduler(), async (sizes, scheduler) => {
        const budget = new ByteBudget(100);
        const begun: number[] = [];
        let held = 0;
        const works = sizes.map((size, index) =>
          budget.hold(size, async () => {
            begun.push(index);
            held += Math.min(size, 100);
            expect(held).toBeLessThanOrEqual(100);
            await scheduler.schedule(Promise.resolve());
            held -= Math.min(size, 100);
          }),
        );
        await scheduler.waitFor(Promise.all(works));
        expect(begun).toEqual(sizes.map((_, index) => index));
        expect(held).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('gives the room of failed work back', async () => {
    const budget = new ByteBudget(10);
    await expect(budget.hold(10, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await budget.hold(10, () => Promise.resolve('yes'))).toBe('yes');
  });
});
