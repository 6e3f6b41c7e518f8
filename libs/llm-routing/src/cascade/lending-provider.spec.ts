import { describe, expect, it } from '@jest/globals';
import { jobKeySchema } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { shippedCatalog } from '../catalog/shipped-catalog.js';
import { buildRouteTable } from '../decision/route-table.js';
import { shippedPolicy } from '../policy/shipped-policy.js';
import type { PictureLoans } from '../ports/picture-loans.js';
import type { ModelAnswer, ModelEvent } from '../provider/model-answer.js';
import { ModelError } from '../provider/model-error.js';
import type { ModelProvider } from '../provider/model-provider.js';
import type { ModelRequest } from '../provider/model-request.js';
import { goesByUrl } from './goes-by-url.js';
import { LendingProvider } from './lending-provider.js';

const job = jobKeySchema.parse({ tenant: 'acme', jobId: 'job_1' });
const never = new AbortController().signal;
const answer = { text: 'Yes.' } as unknown as ModelAnswer;
const unfetched = new ModelError('bad-request', 'Unable to download the file.');

const picture = (bytes: number) => ({
  ...{ type: 'image' as const, mediaType: 'image/jpeg', detail: 'high' as const },
  source: { bytes: new Uint8Array(bytes) },
});
const asking = (...sizes: number[]): ModelRequest => ({
  ...{ model: 'm', maxOutputTokens: 10, idempotencyKey: 'key', deadline: new Date('2030-01-01T00:00:00Z') },
  messages: [{ role: 'user', parts: [{ type: 'text', text: 'What is it?' }, ...sizes.map(picture)] }],
});

/** Lends under numbers and knows what is still out; `failsAt` is the loan that nobody takes. */
class Shelf implements PictureLoans {
  readonly out = new Set<string>();
  readonly until: string[] = [];
  private count = 0;

  constructor(private readonly failsAt = 0) {}

  lend(_job: unknown, _picture: unknown, until: Date): ReturnType<PictureLoans['lend']> {
    this.count += 1;
    if (this.count === this.failsAt) return Promise.reject(new StageError('unavailable', 'away', { retryable: true }));
    const url = `https://shelf.example/${this.count}`;
    this.out.add(url);
    this.until.push(until.toISOString());
    return Promise.resolve({ url, takeBack: async () => void this.out.delete(url) });
  }

  takeBackOverdue = (): Promise<number> => Promise.resolve(0);
}

/** Answers, or fails as told, and remembers how each picture came, and what was out then. */
class Remembering implements ModelProvider {
  readonly id = 'x';
  readonly came: string[] = [];
  readonly keys: string[] = [];

  constructor(
    private readonly shelf: Shelf,
    private readonly failures: readonly (ModelError | undefined)[] = [],
  ) {}

  call(request: ModelRequest): Promise<ModelAnswer> {
    const failure = this.remember(request);
    return failure ? Promise.reject(failure) : Promise.resolve(answer);
  }

  async *stream(request: ModelRequest): AsyncGenerator<ModelEvent> {
    const failure = this.remember(request);
    if (failure) throw failure;
    yield { type: 'answer', answer };
  }

  private remember({ messages, idempotencyKey }: ModelRequest): ModelError | undefined {
    const parts = messages.flatMap((message) => (message.role === 'user' ? message.parts : []));
    const sources = parts.flatMap((part) => (part.type === 'image' ? [part.source] : []));
    const how = sources.map((source) => ('url' in source && this.shelf.out.has(source.url) ? 'url' : 'bytes'));
    this.came.push(how.join(' '));
    this.keys.push(idempotencyKey);
    return this.failures[this.came.length - 1];
  }
}

/** Both ways in which a model is asked. */
const ways = {
  whole: (provider: ModelProvider, request: ModelRequest) => provider.call(request, never),
  streamed: async (provider: ModelProvider, request: ModelRequest) => {
    for await (const event of provider.stream!(request, never)) if (event.type === 'answer') return event.answer;
    throw new Error('no answer');
  },
};

describe.each(Object.entries(ways))('a provider that is lent pictures, asked %s', (_name, ask) => {
  it('gets addresses that outlive the deadline by a minute, and nothing stays out', async () => {
    const shelf = new Shelf();
    const provider = new Remembering(shelf);
    const lending = new LendingProvider(provider, shelf, job);
    expect(await ask(lending, asking(1, 2))).toBe(answer);
    expect(provider.came).toEqual(['url url']);
    expect(shelf.until).toEqual(['2030-01-01T00:01:00.000Z', '2030-01-01T00:01:00.000Z']);
    expect([lending.sentBy, shelf.out.size]).toEqual(['signed-url', 0]);
  });

  it('gets the bytes, once, when it refuses the request with addresses', async () => {
    const shelf = new Shelf();
    const provider = new Remembering(shelf, [unfetched]);
    const lending = new LendingProvider(provider, shelf, job);
    expect(await ask(lending, asking(1))).toBe(answer);
    expect(provider.came).toEqual(['url', 'bytes']);
    expect(new Set(provider.keys).size).toBe(2);
    expect([lending.sentBy, shelf.out.size]).toEqual(['inline-after-signed-url', 0]);
  });

  it('is not asked again for what bytes would not help, nor more than once', async () => {
    for (const failures of [[new ModelError('rate-limited', 'later')], [unfetched, unfetched]]) {
      const shelf = new Shelf();
      const provider = new Remembering(shelf, failures);
      await expect(ask(new LendingProvider(provider, shelf, job), asking(1))).rejects.toBe(failures.at(-1));
      expect([provider.came.length, shelf.out.size]).toEqual([failures.length, 0]);
    }
  });

  it('gets the bytes where one of the pictures could not be lent', async () => {
    const shelf = new Shelf(2);
    const provider = new Remembering(shelf);
    const lending = new LendingProvider(provider, shelf, job);
    expect(await ask(lending, asking(1, 2, 3))).toBe(answer);
    expect(provider.came).toEqual(['bytes bytes bytes']);
    expect([lending.sentBy, shelf.out.size]).toEqual([undefined, 0]);
  });
});

describe('goesByUrl', () => {
  const table = buildRouteTable(shippedCatalog, { ...shippedPolicy });
  const large = asking(600_000, 600_000);

  it.each([
    ['openai', large, undefined, true],
    ['google', large, 'public', true],
    ['anthropic', asking(1_000_000), undefined, false],
    ['openai', large, 'confidential', false],
    ['bedrock', large, undefined, false],
    ['nobody', large, undefined, false],
  ] as const)('asks %s', (provider, request, sensitivity, expected) => {
    const routing = sensitivity === undefined ? {} : { sensitivity };
    expect(goesByUrl(request, provider, routing, table)).toBe(expected);
  });
});
