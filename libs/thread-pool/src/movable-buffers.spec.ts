import { MessageChannel, type Transferable } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import { movableBuffers } from './movable-buffers.js';

describe('movableBuffers', () => {
  it('lets a message go that holds a small buffer of the pool, a large one, and one twice', () => {
    const [small, large] = [Buffer.from('a few bytes'), Buffer.alloc(100_000, 1)];
    const buffers = [small, large, large].map(({ buffer }): Transferable => buffer);
    const { port1, port2 } = new MessageChannel();
    try {
      port1.postMessage({ small, large }, movableBuffers(buffers));
    } finally {
      port1.close();
      port2.close();
    }
    expect(small.toString()).toBe('a few bytes');
    expect(large.byteLength).toBe(0);
  });
});
