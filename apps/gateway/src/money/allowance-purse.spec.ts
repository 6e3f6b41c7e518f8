import { describe, expect, it } from '@jest/globals';
import type { JobId, Tenant } from '@waybill/contracts';
import { systemClock } from '@waybill/jobs';
import { InProcessPurse, picodollarsOf, type SpendIntent } from '@waybill/llm-routing';
import { AllowancePurse } from './allowance-purse.js';

const tenant = 'acme' as Tenant;
const intentOf = (number: number): SpendIntent => ({
  job: { tenant, jobId: `chat-${number}` as JobId },
  ...{ tags: [], document: 0, pages: [], idempotencyKey: `chat/chat-${number}/1`, purpose: 'chat', task: 'chat' },
  ...{ provider: 'maker', model: 'maker/fine', tier: 1, catalogVersion: 'one', most: picodollarsOf(0.001) },
  ...{ estimatedInputTokens: 100, leaseMs: 60_000 },
});

/** Notes for whom it was asked. */
class NotingPurse extends InProcessPurse {
  readonly asked: string[] = [];

  override reserve(intent: SpendIntent) {
    this.asked.push(intent.idempotencyKey);
    return super.reserve(intent);
  }
}

describe('AllowancePurse', () => {
  it('opens one allowance for chats that come together, and only the first of them reserves for itself', async () => {
    const purse = new NotingPurse();
    const written: string[] = [];
    const chats = new AllowancePurse(
      {
        purse,
        book: {
          written: ({ reservation }) => reservation.id,
          book: async (lines) => {
            written.push(...lines);
          },
        },
        budgets: { list: async () => [], put: async () => undefined, remove: async () => false },
      },
      {
        clock: systemClock,
        most: picodollarsOf(1),
        onTrouble: (error) => {
          throw error;
        },
      },
    );
    const answers = await Promise.all(Array.from({ length: 64 }, (_, number) => chats.reserve(intentOf(number))));
    expect(answers.map(({ kind }) => kind)).toEqual(Array.from({ length: 64 }, () => 'reserved'));
    expect(purse.asked).toEqual(['chat/chat-0/1', expect.stringMatching(/^allowance\//)]);
    for (const answer of answers) if (answer.kind === 'reserved') await chats.release(answer.reservation);
    await chats.close();
    expect([purse.reserved, written]).toEqual([0n, []]);
  });
});
