import { describe, expect, it } from '@jest/globals';
import type { PageLane } from '@waybill/contracts';
import { PageTurns } from './page-turns.js';

/** Every page has a signal of its own. */
const never = (): AbortSignal => new AbortController().signal;

/** Lets so many pages of each lane wait, ends turn after turn, and says who came when. */
async function orderOf(turns: PageTurns, waiting: Readonly<Partial<Record<PageLane, number>>>): Promise<PageLane[]> {
  const order: PageLane[] = [];
  const runs = Object.entries(waiting).flatMap(([lane, count]) =>
    Array.from({ length: count }, async () => {
      const end = await turns.take(lane as PageLane, never());
      order.push(lane as PageLane);
      end?.();
    }),
  );
  await Promise.all(runs);
  return order;
}

const countOf = (order: readonly PageLane[], lane: PageLane): number => order.filter((each) => each === lane).length;

describe('turns', () => {
  it('go to the lanes by their shares, whoever came first', async () => {
    const turns = new PageTurns(1);
    const hold = await turns.take('back', never());
    const ordered = orderOf(turns, { back: 800, middle: 800, front: 800 });
    hold?.();
    const first = (await ordered).slice(0, 800);
    expect(countOf(first, 'front')).toBeGreaterThan(495);
    expect(countOf(first, 'middle')).toBeGreaterThan(195);
    expect(countOf(first, 'back')).toBeGreaterThan(95);
  });

  it('give a page in front the next one but two at most, however long another lane has run alone', async () => {
    const turns = new PageTurns(1);
    await orderOf(turns, { back: 500 });
    const hold = await turns.take('back', never());
    const ordered = orderOf(turns, { back: 100, middle: 100, front: 1 });
    hold?.();
    expect((await ordered).indexOf('front')).toBeLessThanOrEqual(2);
  });

  it('are not saved up by a lane that had no pages', async () => {
    const turns = new PageTurns(1);
    await orderOf(turns, { back: 500 });
    const hold = await turns.take('back', never());
    const ordered = orderOf(turns, { back: 100, front: 400 });
    hold?.();
    expect(countOf((await ordered).slice(0, 60), 'back')).toBeGreaterThanOrEqual(9);
  });

  it('are as many at once as there are, and a page that has left takes none', async () => {
    const turns = new PageTurns(2);
    const ends = await Promise.all([turns.take('front', never()), turns.take('front', never())]);
    const gone = new AbortController();
    const left = turns.take('front', gone.signal);
    let isThirdIn = false;
    const third = turns.take('back', never()).then((end) => {
      isThirdIn = true;
      return end;
    });
    gone.abort();
    expect(await left).toBeUndefined();
    expect(isThirdIn).toBe(false);
    ends[0]?.();
    ends[0]?.();
    expect(await third).toBeDefined();
  });
});
