import { describe, expect, it } from '@jest/globals';
import { PortionQueue } from './portion-queue.js';

function queueOf(write: (lines: readonly string[]) => Promise<void>) {
  const troubles: unknown[] = [];
  const made: number[] = [];
  const queue = new PortionQueue<number, string>({
    made: (entry) => {
      made.push(entry);
      return `line ${entry}`;
    },
    write,
    onTrouble: (error) => troubles.push(error),
    retryMs: 1,
  });
  return { queue, troubles, made };
}

describe('PortionQueue', () => {
  it('makes nothing while entries come in, and hands all of them over together', async () => {
    const portions: (readonly string[])[] = [];
    const { queue, made } = queueOf(async (lines) => void portions.push(lines));
    for (const entry of [1, 2, 3]) queue.add(entry);
    expect([made, queue.length]).toEqual([[], 3]);
    await queue.flush();
    expect([portions, queue.length]).toEqual([[['line 1', 'line 2', 'line 3']], 0]);
  });

  it('hands company enough over without waiting for the time', async () => {
    let told: (count: number) => void;
    const first = new Promise<number>((resolve) => (told = resolve));
    const { queue } = queueOf(async (lines) => told(lines.length));
    for (let entry = 0; entry < 256; entry += 1) queue.add(entry);
    expect(await first).toBe(256);
  });

  it('tries again by itself until it is written, in the order in which it came, and nothing twice', async () => {
    const kept: string[] = [];
    let attempts = 0;
    let written = (): void => undefined;
    const all = new Promise<void>((resolve) => (written = resolve));
    const { queue, troubles } = queueOf(async (lines) => {
      attempts += 1;
      if (attempts < 3) throw new Error('away');
      kept.push(...lines);
      if (kept.length === 3) written();
    });
    queue.add(1);
    await expect(queue.flush()).rejects.toThrow('away');
    queue.add(2);
    queue.add(3);
    await all;
    expect(kept).toEqual(['line 1', 'line 2', 'line 3']);
    expect(troubles).toHaveLength(2);
  });

  it('writes what is there at the end, although another portion just failed', async () => {
    let fail = (): void => undefined;
    const kept: string[] = [];
    let attempts = 0;
    const { queue } = queueOf((lines) => {
      attempts += 1;
      if (attempts === 1) return new Promise((_, reject) => (fail = () => reject(new Error('away'))));
      kept.push(...lines);
      return Promise.resolve();
    });
    queue.add(1);
    const first = queue.flush().catch(() => 'failed');
    queue.add(2);
    const last = queue.flush();
    // The first is being written: it fails only now.
    await Promise.resolve();
    fail();
    expect(await first).toBe('failed');
    await last;
    expect(kept).toEqual(['line 1', 'line 2']);
  });
});
