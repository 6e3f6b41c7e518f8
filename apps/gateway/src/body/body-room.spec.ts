import { describe, expect, it } from '@jest/globals';
import { BodyRoom } from './body-room.js';

const mebibyte = 1_048_576;

/** Whether somebody who asked has room by now. */
async function isIn(taking: Promise<unknown>): Promise<boolean> {
  const later = Symbol('later');
  return (await Promise.race([taking, new Promise((resolve) => setImmediate(() => resolve(later)))])) !== later;
}

describe('BodyRoom', () => {
  it('lets who finds no room wait for its turn, also behind one who needs more', async () => {
    const room = new BodyRoom(3 * mebibyte);
    const [first, second] = [await room.take(mebibyte), await room.take(mebibyte)];
    const large = room.take(2 * mebibyte);
    const small = room.take(1_000);
    expect(await isIn(large)).toBe(false);
    expect(await isIn(small)).toBe(false);
    first.release();
    expect(await isIn(large)).toBe(true);
    expect(await isIn(small)).toBe(false);
    second.release();
    second.release();
    expect(await isIn(small)).toBe(true);
  });

  it('takes one that is larger than all of it when it is empty', async () => {
    const room = new BodyRoom(mebibyte);
    const small = await room.take(1_000);
    const large = room.take(5 * mebibyte);
    expect(await isIn(large)).toBe(false);
    small.release();
    expect((await large).slab.length).toBeGreaterThanOrEqual(5 * mebibyte);
  });

  it('lets go of what was sent, the oldest first, and only when somebody needs its room', async () => {
    const room = new BodyRoom(2 * mebibyte);
    const gone: string[] = [];
    const [first, second] = [await room.take(mebibyte), await room.take(mebibyte)];
    first.lend();
    first.sent(() => gone.push('first'));
    second.sent(() => gone.push('second'));
    expect(gone).toEqual([]);
    const third = await room.take(mebibyte);
    expect(gone).toEqual(['first']);
    expect(third.slab).toBe(first.slab);
    first.release();
    expect(await isIn(room.take(2 * mebibyte))).toBe(false);
    third.release();
    expect(gone).toEqual(['first', 'second']);
  });

  it('never writes again into what may still be read', async () => {
    const room = new BodyRoom(2 * mebibyte);
    const lent = await room.take(mebibyte);
    lent.lend();
    lent.release();
    expect((await room.take(mebibyte)).slab).not.toBe(lent.slab);
    const own = await room.take(mebibyte);
    own.release();
    expect((await room.take(mebibyte)).slab).toBe(own.slab);
  });
});
