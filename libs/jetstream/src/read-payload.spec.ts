import { describe, expect, it } from '@jest/globals';
import { consumers, type ConsumerContract } from '@waybill/contracts';
import type { Delivery } from './delivery.js';
import { readPayload } from './read-payload.js';

const at = '2030-01-01T00:00:00.000Z';
const accepted = {
  version: 1,
  type: 'job-accepted',
  tenant: 'acme',
  jobId: 'a',
  at,
  door: 'rest',
  fingerprint: 'f',
  submission: {
    id: 'a',
    tenant: 'acme',
    task: { kind: 'read' },
    routing: { deadline: at },
    documents: [{ url: 'https://example.org' }],
  },
};
type Part = Readonly<Record<string, unknown>>;
const asking = (part: Part) => ({ ...accepted, submission: { ...accepted.submission, ...part } });

const read = (contract: ConsumerContract, said: unknown) =>
  readPayload({ deliveryCount: 1, message: { json: () => structuredClone(said) } } as Delivery, { contract });

describe('a message of a newer release', () => {
  it.each<[string, unknown]>([
    ['a wish', asking({ routing: { deadline: at, speed: 'low' } })],
    ['a word of a list', asking({ routing: { deadline: at, tier: 'dear' } })],
    ['a kind of task', asking({ task: { kind: 'paint' } })],
    ['a version', { ...accepted, version: 2 }],
  ])('is left to newer workers when it has %s that is not known here', (_, said) => {
    expect(read(consumers.plan, said)).toMatchObject({ kind: 'deferred', reason: expect.stringContaining('newer') });
  });

  it('is read when it only tells more', () => {
    expect(read(consumers.plan, { ...accepted, mood: 'good' })).toBeUndefined();
  });

  it('is recorded with what is known of it', () => {
    expect(read(consumers.recordEvents, asking({ routing: { deadline: at, speed: 'low' } }))).toBeUndefined();
  });

  it('is a dead letter where nobody may put it off, and when it is damaged', () => {
    expect(read(consumers.ocrDeadLetters, { version: 2 })).toMatchObject({ kind: 'failed-terminal' });
    expect(read(consumers.plan, { ...accepted, at: undefined, extra: 1 })).toMatchObject({ kind: 'failed-terminal' });
    expect(read(consumers.recordEvents, { type: 'nonsense' })).toMatchObject({ kind: 'failed-terminal' });
  });
});
