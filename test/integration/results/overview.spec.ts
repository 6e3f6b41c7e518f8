import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consumers, overviewViewSchema, type JobEvent, type OverviewView } from '@waybill/contracts';
import { Database, PostgresJobArchive } from '@waybill/persistence';
import { keyOf, storyOf } from './job-stories.js';
import { recorded } from './recorded.js';
import { startResults, type RunningResults } from './start-results.js';
import { patientDatabase } from '../../support/index.js';

let results: RunningResults;
let database: Database;

beforeAll(async () => {
  results = await startResults();
  database = new Database(results.databaseUrl, patientDatabase);
});

afterAll(async () => {
  await database.close();
  await results.stop();
});

const overview = async (tenant: string): Promise<OverviewView> => {
  const answer = await results.get('/v1/overview', { headers: { 'waybill-tenant': tenant } });
  return overviewViewSchema.parse(await answer.json());
};

const append = async (tenant: string, stories: Readonly<Record<string, JobEvent[]>>): Promise<void> => {
  const archive = new PostgresJobArchive(database);
  for (const [jobId, story] of Object.entries(stories)) {
    await results.append(story);
    await recorded(archive, keyOf(jobId, tenant), (state) => state.accepted !== undefined);
  }
};

describe('GET /v1/overview', () => {
  it('names every lane with what it holds, and shows an hour in which nothing happened', async () => {
    // Nobody plans here: what is accepted stands before intake.
    await append('other', { x: storyOf('x', { tenant: 'other', end: 'open' }).slice(0, 1) });
    const { lanes, jobs, deadLetters } = await overview('nobody');
    const plan = lanes.find(({ name }) => name === consumers.plan.name);
    expect(plan).toMatchObject({ service: 'intake', waiting: 1, underWay: 0 });
    expect(plan?.oldestMs).toBeGreaterThanOrEqual(0);
    expect(lanes.map(({ name }) => name).sort()).toEqual(
      Object.values(consumers)
        .map(({ name }) => name)
        .sort(),
    );
    expect(jobs?.minutes).toHaveLength(60);
    expect(jobs).toMatchObject({ open: { queued: 0, processing: 0, waiting: 0 }, waits: [], isCut: false });
    expect(deadLetters).toBe(0);
  });

  it('counts jobs and pages by minute, what is open, and what waits for which reason', async () => {
    const options = { tenant: 'busy', startMs: Date.now() };
    const wait = (jobId: string, minutes: number): JobEvent => ({
      ...{
        type: 'job-waiting',
        version: 1,
        ...keyOf(jobId, 'busy'),
        stage: 'reasoning',
        reason: 'The budget is spent.',
      },
      at: new Date().toISOString(),
      until: new Date(Date.now() + minutes * 60_000).toISOString(),
    });
    const open = storyOf('c', { ...options, pages: 3, end: 'open' });
    await append('busy', {
      a: storyOf('a', { ...options, pages: 2 }),
      b: storyOf('b', { ...options, end: 'failed' }),
      c: open.slice(0, 2),
      d: [...storyOf('d', { ...options, end: 'open' }), wait('d', 60)],
      e: [...storyOf('e', { ...options, end: 'open' }), wait('e', 30)],
    });
    const archive = new PostgresJobArchive(database);
    await recorded(archive, keyOf('b', 'busy'), (state) => state.finished !== undefined);
    await recorded(archive, keyOf('e', 'busy'), (state) => state.waiting !== undefined);
    const { jobs } = await overview('busy');
    expect(jobs).toMatchObject({
      open: { queued: 1, processing: 0, waiting: 2 },
      ended: { completed: 1, failed: 1 },
      waits: [{ stage: 'reasoning', reason: 'The budget is spent.', jobs: 2 }],
    });
    const sums = (jobs?.minutes ?? []).reduce(
      (sum, minute) => ({ accepted: sum.accepted + minute.accepted, pages: sum.pages + minute.pages }),
      { accepted: 0, pages: 0 },
    );
    expect(sums).toEqual({ accepted: 5, pages: 3 });
  });
});
