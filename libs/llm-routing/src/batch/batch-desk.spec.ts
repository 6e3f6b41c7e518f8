import { describe, expect, it } from '@jest/globals';
import type { RouteAttempt } from '@waybill/contracts';
import { shippedPolicy } from '../policy/shipped-policy.js';
import type { ModelProvider } from '../provider/model-provider.js';
import { MemoryBatchBook } from './batch-book.js';
import { BatchDesk } from './batch-desk.js';
import type { BatchedCall } from './batch-records.js';
import type { ModelBatches } from './model-batches.js';

const nothing = (): Promise<never> => Promise.reject(new Error('Nothing is put or removed.'));
const never = new AbortController().signal;

/** Calls of one model that were collected long enough ago, and the lines of each batch that was submitted of them. */
async function collected(sizes: Readonly<Record<string, number>>): Promise<{ desk: BatchDesk; batches: string[][] }> {
  const submitted: string[][] = [];
  const taking: Partial<ModelBatches> = {
    mostCalls: 10,
    chooseKey: async () => 'key-1',
    submit: async (_intent, lines) => {
      submitted.push(lines.map(({ customId }) => customId));
      return `batch-${submitted.length}`;
    },
  };
  const provider = { id: 'openai', batches: taking } as ModelProvider;
  const desk = new BatchDesk({
    book: new MemoryBatchBook(),
    store: { put: nothing, remove: nothing, read: async () => Buffer.from('{}') },
    providers: new Map([['openai', provider]]),
    policy: () => shippedPolicy.batch,
    isOver: async () => false,
    clock: { now: () => new Date('2026-11-22T08:00:00Z') },
  });
  for (const [id, sizeBytes] of Object.entries(sizes)) {
    await desk.collect(id, {
      ...{ version: 1, state: 'collected', request: { model: 'm', maxOutputTokens: 9, idempotencyKey: id } },
      attempt: { provider: 'openai', model: 'openai/m' } as RouteAttempt,
      written: { bucket: 'b', key: id, sizeBytes, sha256: '0'.repeat(64) },
      ...{ collectedAt: '2026-11-22T07:00:00Z', giveUpAt: '2026-11-23T07:00:00Z' },
    } satisfies BatchedCall);
  }
  return { desk, batches: submitted };
}

describe('a desk for batches', () => {
  it('leaves what would make a batch too large for the next one', async () => {
    const { desk, batches } = await collected({ one: 60_000_000, two: 30_000_000, three: 30_000_000 });
    await desk.advance('one', never);
    expect(batches).toEqual([['one', 'two']]);
    await desk.advance('three', never);
    expect(batches).toEqual([['one', 'two'], ['three']]);
  });

  it('submits what is larger than that by itself', async () => {
    const { desk, batches } = await collected({ large: 300_000_000, small: 1_000 });
    await desk.advance('large', never);
    await desk.advance('small', never);
    expect(batches).toEqual([['large'], ['small']]);
  });
});
