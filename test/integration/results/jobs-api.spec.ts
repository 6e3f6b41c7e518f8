import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  jobListViewSchema,
  jobViewSchema,
  problemSchema,
  type JobListView,
  type JobView,
  type Problem,
} from '@waybill/contracts';
import { Database, PostgresJobArchive } from '@waybill/persistence';
import { keyOf, storyOf } from './job-stories.js';
import { recorded } from './recorded.js';
import { startResults, type RunningResults } from './start-results.js';
import { patientDatabase } from '../../support/index.js';

let results: RunningResults;
let database: Database;
let archive: PostgresJobArchive;

beforeAll(async () => {
  results = await startResults();
  database = new Database(results.databaseUrl, patientDatabase);
  archive = new PostgresJobArchive(database);
});

afterAll(async () => {
  await database.close();
  await results.stop();
});

const problemOf = async (answer: Response): Promise<Problem> => {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return problemSchema.parse(await answer.json());
};

describe('GET /v1/jobs/{id}', () => {
  it('finds a job the moment it is accepted, with the queue before it', async () => {
    const [acceptance] = storyOf('fresh', { end: 'open' });
    await results.append(acceptance ? [acceptance] : []);
    const answer = await results.get('/v1/jobs/fresh');
    const view = jobViewSchema.parse(await answer.json());
    expect(view).toMatchObject({ status: 'queued', queue: { pagesAhead: 0 }, pages: { done: 0, total: null } });
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  it('never shows a finished job as unfinished, however far Postgres is', async () => {
    for (let index = 0; index < 20; index++) {
      await results.append(storyOf(`race-${index}`, { pages: 2 }));
      const view = (await (await results.get(`/v1/jobs/race-${index}`)).json()) as JobView;
      expect(view.status).toBe('completed');
    }
  });

  it('holds the answer back until the job is final', async () => {
    const story = storyOf('long', { pages: 3 });
    await results.append(story.slice(0, 3));
    const waiting = results.get('/v1/jobs/long?wait=30s');
    await results.append(story.slice(3));
    const view = jobViewSchema.parse(await (await waiting).json());
    expect(view).toMatchObject({ status: 'completed', pages: { done: 3, failed: 0, total: 3 } });
  });

  it('answers with the job as it is when the wait is over', async () => {
    await results.append(storyOf('slow', { pages: 2, end: 'open' }).slice(0, 3));
    const answer = await results.get('/v1/jobs/slow?wait=300ms');
    expect(await answer.json()).toMatchObject({ status: 'processing', pages: { done: 1, total: 2 } });
  });

  it.each(['61s', 'soon', '-1s'])('refuses to wait %s', async (wait) => {
    const answer = await results.get(`/v1/jobs/slow?wait=${wait}`);
    expect(answer.status).toBe(400);
    expect((await problemOf(answer)).errors?.[0]?.pointer).toBe('/wait');
  });

  it('answers 404 for an unknown job and for another tenant’s, in the same words', async () => {
    await results.append(storyOf('mine'));
    const unknown = await results.get('/v1/jobs/nobodys');
    const foreign = await results.get('/v1/jobs/mine', { headers: { 'waybill-tenant': 'other' } });
    expect([unknown.status, foreign.status]).toEqual([404, 404]);
    const [first, second] = [await problemOf(unknown), await problemOf(foreign)];
    expect({ ...second, instance: '', detail: second.detail.replace('mine', 'nobodys') }).toEqual({
      ...first,
      instance: '',
    });
  });

  it('refuses a tenant that is not a name', async () => {
    const answer = await results.get('/v1/jobs/mine', { headers: { 'waybill-tenant': 'Not A Name' } });
    expect(await problemOf(answer)).toMatchObject({ status: 400, type: 'urn:waybill:problem:invalid-tenant' });
  });
});

describe('GET /v1/jobs', () => {
  const list = async (query: string, tenant = 'lists'): Promise<JobListView> => {
    const answer = await results.get(`/v1/jobs?${query}`, { headers: { 'waybill-tenant': tenant } });
    return jobListViewSchema.parse(await answer.json());
  };
  const ids = ({ jobs }: JobListView): string[] => jobs.map((job) => job.id);
  const minute = (index: number): number => Date.parse('2026-03-02T00:00:00.000Z') + index * 60_000;

  beforeAll(async () => {
    for (let index = 0; index < 7; index++) {
      const end = index === 2 ? 'failed' : index === 5 ? 'open' : 'completed';
      const tags = index % 2 === 0 ? ['even', `n-${index}`] : [];
      await results.append(storyOf(`job-${index}`, { tenant: 'lists', startMs: minute(index), end, tags }));
    }
    for (let index = 0; index < 7; index++) await recorded(archive, keyOf(`job-${index}`, 'lists'), index !== 5);
  });

  it('shows the tenant’s jobs, newest first', async () => {
    expect(ids(await list(''))).toEqual(['job-6', 'job-5', 'job-4', 'job-3', 'job-2', 'job-1', 'job-0']);
    expect(ids(await list('', 'nobody'))).toEqual([]);
  });

  it('goes on at the cursor, without gaps or repeats', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await list(`limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...ids(page));
      cursor = page.next ?? '';
    } while (cursor !== '');
    expect(seen).toEqual(['job-6', 'job-5', 'job-4', 'job-3', 'job-2', 'job-1', 'job-0']);
  });

  it('filters by status, tag, task and time', async () => {
    expect(ids(await list('status=failed'))).toEqual(['job-2']);
    expect(ids(await list('status=failed,processing'))).toEqual(['job-5', 'job-2']);
    expect(ids(await list('tag=even'))).toEqual(['job-6', 'job-4', 'job-2', 'job-0']);
    expect(ids(await list('tag=n-4'))).toEqual(['job-4']);
    expect(ids(await list('task=read'))).toEqual([]);
    expect(ids(await list('since=2026-03-02T00:01:00Z&until=2026-03-02T00:03:00Z'))).toEqual(['job-2', 'job-1']);
  });

  it('counts a wait whose time has come as processing', async () => {
    const [acceptance, plan, page] = storyOf('waits', { tenant: 'waits', end: 'open' });
    if (!acceptance || !plan || !page) throw new Error('A story has at least three events.');
    const wait = { type: 'job-waiting', version: 1, ...keyOf('waits', 'waits'), stage: 's', reason: 'r' } as const;
    const until = (ms: number) => ({ ...wait, at: acceptance.at, until: new Date(Date.now() + ms).toISOString() });
    await results.append([acceptance, plan, page, until(-1_000)]);
    await recorded(archive, keyOf('waits', 'waits'), (state) => state.waiting !== undefined);
    expect(ids(await list('status=processing', 'waits'))).toEqual(['waits']);
    expect(ids(await list('status=waiting', 'waits'))).toEqual([]);
    await results.append([until(3_600_000)]);
    await recorded(archive, keyOf('waits', 'waits'), (state) => (state.waiting?.sequence ?? 0) > state.lastStep + 1);
    const waiting = await list('status=waiting', 'waits');
    expect(waiting.jobs[0]?.waiting).toMatchObject({ stage: 's', reason: 'r' });
    expect(ids(await list('status=processing', 'waits'))).toEqual([]);
  });

  it.each(['status=done', 'limit=0', 'limit=201', 'since=yesterday', 'unknown=1', 'cursor=nonsense'])(
    'refuses %s',
    async (query) => {
      const answer = await results.get(`/v1/jobs?${query}`);
      expect(await problemOf(answer)).toMatchObject({ status: 400, type: 'urn:waybill:problem:invalid-request' });
    },
  );
});

describe('cancelling', () => {
  it('ends the job as cancelled, by either address and more than once', async () => {
    await results.append(storyOf('unwanted', { end: 'open', pages: 3, pageCostUsd: 0.1 }));
    const first = await results.get('/v1/jobs/unwanted', { method: 'DELETE' });
    expect(jobViewSchema.parse(await first.json())).toMatchObject({
      status: 'cancelled',
      problems: [{ code: 'cancelled' }],
      costUsd: 0.3,
    });
    const again = await results.get('/v1/jobs/unwanted/cancel', { method: 'POST' });
    expect([again.status, ((await again.json()) as JobView).status]).toEqual([200, 'cancelled']);
    const history = await results.log.history(keyOf('unwanted'));
    expect(history.slice(-2).map(({ event }) => event.type)).toEqual(['job-cancel-requested', 'job-finished']);
  });

  it('leaves a finished job as it is', async () => {
    await results.append(storyOf('too-late'));
    const answer = await results.get('/v1/jobs/too-late', { method: 'DELETE' });
    expect(await problemOf(answer)).toMatchObject({ status: 409, type: 'urn:waybill:problem:job-already-final' });
  });

  it('answers 404 for another tenant’s job and cancels nothing', async () => {
    await results.append(storyOf('theirs', { end: 'open' }));
    const answer = await results.get('/v1/jobs/theirs', { method: 'DELETE', headers: { 'waybill-tenant': 'other' } });
    expect(answer.status).toBe(404);
    expect(await results.log.find(keyOf('theirs'), 'job-cancel-requested')).toBeUndefined();
  });
});
