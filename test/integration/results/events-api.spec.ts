import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jobEventViewSchema, type JobEventView } from '@waybill/contracts';
import { storyOf } from './job-stories.js';
import { startResults, type RunningResults } from './start-results.js';

let results: RunningResults;

beforeAll(async () => {
  results = await startResults();
});

afterAll(async () => {
  await results.stop();
});

interface Received {
  readonly id: number;
  readonly event: JobEventView;
}

/** Reads server-sent events as they come, until the answer ends or the caller has had enough. */
async function* received(answer: Response): AsyncGenerator<Received> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of answer.body ?? []) {
    rest += decoder.decode(bytes as Uint8Array, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      const data = field('data');
      if (data === undefined) continue;
      const event = jobEventViewSchema.parse(JSON.parse(data));
      expect(field('event')).toBe(event.type);
      yield { id: Number(field('id')), event };
    }
  }
}

const all = async (answer: Response): Promise<Received[]> => {
  const events: Received[] = [];
  for await (const event of received(answer)) events.push(event);
  return events;
};

const types = (events: readonly Received[]): string[] => events.map(({ event }) => event.type);

describe('GET /v1/jobs/{id}/events', () => {
  it('tells the whole life of a finished job and ends', async () => {
    await results.append(storyOf('told', { pages: 2 }));
    const answer = await results.get('/v1/jobs/told/events');
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(types(await all(answer))).toEqual(['job-accepted', 'job-planned', 'page-read', 'page-read', 'job-finished']);
  });

  it('tells events as they happen and ends after the last one', async () => {
    const story = storyOf('live', { pages: 2 });
    await results.append(story.slice(0, 2));
    const events = received(await results.get('/v1/jobs/live/events'));
    const seen: string[] = [];
    for (let index = 0; index < story.length; index++) {
      if (index >= 2) await results.append(story.slice(index, index + 1));
      const { value } = await events.next();
      seen.push((value as Received).event.type);
    }
    expect(seen).toEqual(story.map((event) => event.type));
    expect((await events.next()).done).toBe(true);
  });

  it('goes on after the event that was seen last, and says when there is nothing more', async () => {
    await results.append(storyOf('resumed', { pages: 3 }));
    const everything = await all(await results.get('/v1/jobs/resumed/events'));
    const after = (id: number) => results.get('/v1/jobs/resumed/events', { headers: { 'last-event-id': String(id) } });
    for (const [index, { id }] of everything.slice(0, -1).entries()) {
      expect(await all(await after(id))).toEqual(everything.slice(index + 1));
    }
    expect((await after(everything.at(-1)?.id ?? 0)).status).toBe(204);
  });

  it('leaks neither callback nor storage', async () => {
    await results.append(storyOf('secret', { callbackUrl: 'https://example.org/hook?token=s3cret' }));
    const text = await (await results.get('/v1/jobs/secret/events')).text();
    expect(text).toContain('job-accepted');
    expect(text).not.toMatch(/s3cret|bucket|sha256|fingerprint/);
  });

  it('refuses an id that is none', async () => {
    const answer = await results.get('/v1/jobs/told/events', { headers: { 'last-event-id': 'abc' } });
    expect(answer.status).toBe(400);
  });
});

describe('a service that stops', () => {
  it('ends answers that are held open', async () => {
    const stopping = await startResults();
    await stopping.append(storyOf('endless', { end: 'open' }));
    const events = received(await stopping.get('/v1/jobs/endless/events'));
    for (let index = 0; index < 3; index++) await events.next();
    const waiting = stopping.get('/v1/jobs/endless?wait=60s');
    const following = events.next();
    // Answered after the one that waits was received: a service refuses what comes while it stops.
    for (let round = 0; round < 2; round++) await (await stopping.get('/v1/jobs/endless')).json();
    await stopping.stop();
    expect((await following).done).toBe(true);
    expect(await (await waiting).json()).toMatchObject({ id: 'endless', status: 'processing' });
  });
});
