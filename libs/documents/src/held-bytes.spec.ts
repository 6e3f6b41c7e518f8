import { describe, expect, it } from '@jest/globals';
import { HeldBytes } from './held-bytes.js';

const counted = (size: number) => {
  const source = { fetches: 0, fetch: async () => ((source.fetches += 1), new Uint8Array(size).fill(7)) };
  return source;
};

describe('HeldBytes', () => {
  it('fetches once for all who ask, also at the same moment, into memory that threads share', async () => {
    const [held, source] = [new HeldBytes(100), counted(10)];
    const [one, two] = await Promise.all([held.get('a', source.fetch), held.get('a', source.fetch)]);
    expect(await held.get('a', source.fetch)).toBe(one);
    expect(two).toBe(one);
    expect(source.fetches).toBe(1);
    expect(one.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect([...one]).toEqual(Array(10).fill(7));
  });

  it('lets go of what was used longest ago', async () => {
    const [held, source] = [new HeldBytes(25), counted(10)];
    for (const key of ['a', 'b', 'a', 'c', 'a']) await held.get(key, source.fetch);
    expect(source.fetches).toBe(3);
    await held.get('b', source.fetch);
    expect(source.fetches).toBe(4);
  });

  it('does not remember a fetch that failed', async () => {
    const held = new HeldBytes(25);
    await expect(held.get('a', () => Promise.reject(new Error('Away.')))).rejects.toThrow('Away.');
    await expect(held.get('a', counted(3).fetch)).resolves.toHaveLength(3);
  });
});
