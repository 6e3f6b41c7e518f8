import { describe, expect, it } from '@jest/globals';
import { Lanes } from './lanes.js';

describe('Lanes', () => {
  it('runs everything in order, never more than the limit at once, and waits for what is added meanwhile', async () => {
    const lanes = new Lanes(3);
    const begun: number[] = [];
    let atOnce = 0;
    let most = 0;
    const work = (name: number) => async (): Promise<void> => {
      begun.push(name);
      most = Math.max(most, (atOnce += 1));
      await Promise.resolve();
      atOnce -= 1;
      if (name === 9) lanes.add(work(10));
    };
    for (let name = 0; name < 10; name += 1) lanes.add(work(name));
    await lanes.idle();
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(most).toBe(3);
  });
});
