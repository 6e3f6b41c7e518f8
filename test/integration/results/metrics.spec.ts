import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '@nats-io/transport-node';
import { budgetWishSchema, tenantSchema } from '@waybill/contracts';
import { systemClock } from '@waybill/jobs';
import { Database, PostgresBudgetBook, PostgresJobArchive } from '@waybill/persistence';
import { keyOf, storyOf } from './job-stories.js';
import { recorded } from './recorded.js';
import { startResults, type RunningResults } from './start-results.js';
import { patientDatabase } from '../../support/index.js';

const token = 'a-token-for-the-scraper';
let results: RunningResults;
let database: Database;

beforeAll(async () => {
  results = await startResults({ WAYBILL_METRICS_TOKEN: token });
  database = new Database(results.databaseUrl, patientDatabase);
});

afterAll(async () => {
  await database.close();
  await results.stop();
});

/** Samples by their name and labels, without the service's. */
async function scrape(): Promise<ReadonlyMap<string, number>> {
  const answer = await fetch(`${results.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const place = line.lastIndexOf(' ');
      const name = line
        .slice(0, place)
        .replace(/service="results",?/, '')
        .replace(',}', '}');
      return [name.replace('{}', ''), Number(line.slice(place + 1))];
    }),
  );
}

type Samples = ReadonlyMap<string, number>;

/** Scrapes until the samples are so: what happened is counted a moment after others can see it. */
async function scrapeUntil(isSo: (samples: Samples) => boolean): Promise<Samples> {
  for (;;) {
    const samples = await scrape();
    if (isSo(samples)) return samples;
    await pause(20);
  }
}

const pagesRead = (samples: Samples): number =>
  [...samples]
    .filter(([name]) => name.startsWith('waybill_pages_read_total'))
    .reduce((sum, [, value]) => sum + value, 0);

describe('GET /metrics', () => {
  it('is refused without the token, in words', async () => {
    const answer = await fetch(`${results.url}/metrics`);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ type: 'urn:waybill:problem:unauthorized' });
  });

  it('counts an event once, and shows what stands in queues and database', async () => {
    const tenant = tenantSchema.parse('acme');
    const story = storyOf('a', { pages: 2 });
    const open = storyOf('b', { end: 'open' });
    await results.append([...story, ...open]);
    for (const event of story) expect(await results.log.append(event)).toBe('exists');
    const archive = new PostgresJobArchive(database);
    await recorded(archive, keyOf('a', 'acme'), (state) => state.finished !== undefined);
    await recorded(archive, keyOf('b', 'acme'), (state) => state.accepted !== undefined);
    const wish = budgetWishSchema.parse({ window: 'day', capUsd: 2, over: 'wait' });
    await new PostgresBudgetBook(database, systemClock).put(tenant, { name: 'night', ...wish });

    const read = [...story, ...open].filter(({ type }) => type === 'page-read');
    const finished = 'waybill_jobs_finished_total{status="completed"}';
    const samples = await scrapeUntil((seen) => seen.has(finished) && pagesRead(seen) >= read.length);
    expect(samples.get(finished)).toBe(1);
    expect(pagesRead(samples)).toBe(read.length);
    // Nobody plans here: both acceptances stand before intake.
    expect(samples.get('waybill_consumer_lag{consumer="intake-plan"}')).toBe(2);
    expect(samples.get('waybill_consumer_lag{consumer="ocr-read-page"}')).toBe(0);
    expect(samples.get('waybill_consumer_oldest_seconds{consumer="intake-plan"}')).toBeGreaterThan(0);
    const states = ['queued', 'processing', 'waiting'].map((state) => samples.get(`waybill_jobs{state="${state}"}`));
    expect(states.reduce<number>((sum, value) => sum + (value ?? NaN), 0)).toBe(1);
    expect(samples.get('waybill_budget_used_ratio{tenant="acme",budget="night",window="day"}')).toBe(0);
    expect(samples.get('waybill_dead_letters')).toBe(0);
    expect(samples.has('waybill_spent_today_usd')).toBe(true);
    expect([...samples.keys()].some((name) => name.startsWith('nodejs_eventloop_lag'))).toBe(true);
  });

  it('counts a message that is given up, and the letter', async () => {
    const connection = await connect({ servers: results.nats.url });
    await connection.request('waybill.acme.events.x.job-finished', 'no JSON');
    await connection.close();
    const handled = 'waybill_handler_seconds_count{consumer="results-record",outcome="failed-terminal"}';
    const samples = await scrapeUntil((seen) => seen.has(handled));
    expect(samples.get('waybill_dead_letters_total{consumer="results-record",code="internal"}')).toBe(1);
    expect(samples.get('waybill_dead_letters')).toBe(1);
  });
});
