import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '@waybill/jobs';
import { Database, PostgresJobArchive, PostgresLeaseBook, PostgresPurse } from '@waybill/persistence';
import { pino } from 'pino';
import { ExpireLeases } from '../../../apps/results/src/expiry/expire-leases.js';
import { ExpireOverdueJobs } from '../../../apps/results/src/expiry/expire-overdue-jobs.js';
import { intentOf } from '../money/money-fixtures.js';
import { keyOf, storyOf } from './job-stories.js';
import { recorded } from './recorded.js';
import { startResults, type RunningResults } from './start-results.js';
import { patientDatabase } from '../../support/index.js';

const logger = pino({ level: 'silent' });
let results: RunningResults;
let database: Database;
let archive: PostgresJobArchive;

beforeAll(async () => {
  results = await startResults({ WAYBILL_EXPIRY_SWEEP_MS: '100' });
  database = new Database(results.databaseUrl, patientDatabase);
  archive = new PostgresJobArchive(database);
});

afterAll(async () => {
  await database.close();
  await results.stop();
});

describe('the sweeper', () => {
  it('ends a job when its deadline has passed, and no other', async () => {
    const deadline = new Date(Date.now() + 2_000).toISOString();
    await results.append(storyOf('overdue', { end: 'open', deadline, pages: 3, pageCostUsd: 0.1 }));
    await results.append(storyOf('in-time', { end: 'open' }));
    const view = await results.final('overdue');
    expect(view).toMatchObject({ status: 'expired', problems: [{ code: 'deadline-exceeded' }], costUsd: 0.3 });
    expect(Date.parse(view.finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(deadline));
    expect((await recorded(archive, keyOf('in-time'), false)).finished).toBeUndefined();
  });

  it('ends a job once, however many replicas look', async () => {
    const jobs = Array.from({ length: 30 }, (_, index) => `many-${index}`);
    const deadline = new Date(Date.now() + 86_400_000).toISOString();
    for (const jobId of jobs) await results.append(storyOf(jobId, { end: 'open', deadline }));
    for (const jobId of jobs) await recorded(archive, keyOf(jobId), false);
    const tomorrow = { now: () => new Date(Date.parse(deadline) + 1) };
    const replicas = Array.from({ length: 4 }, () => new ExpireOverdueJobs(archive, results.log, tomorrow, logger));
    const ended = await Promise.all(replicas.map((replica) => replica.expire()));
    expect(ended.reduce((sum, count) => sum + count, 0)).toBe(jobs.length);
    for (const jobId of jobs) {
      const ends = (await results.log.history(keyOf(jobId))).filter(({ event }) => event.type === 'job-finished');
      expect(ends).toHaveLength(1);
    }
  });

  it('tells of each lease that is over once, however many replicas look', async () => {
    const purse = new PostgresPurse(database, systemClock);
    const leaseMs = 3_600_000;
    for (const job of ['lost-1', 'lost-2']) await purse.reserve(intentOf({ job, usd: 0.5, leaseMs }));
    const lines: { jobId?: string; mostUsd?: number }[] = [];
    const told = pino({ level: 'warn' }, { write: (line) => void lines.push(JSON.parse(line) as object) });
    const look = async (ms: number): Promise<void> => {
      const clock = { now: () => new Date(Date.now() + ms) };
      const replicas = Array.from({ length: 4 }, () => new ExpireLeases(new PostgresLeaseBook(database), clock, told));
      await Promise.all(replicas.map((replica) => replica.run()));
    };
    await look(0);
    expect(lines).toEqual([]);
    await look(leaseMs);
    await look(2 * leaseMs);
    expect(lines.map(({ jobId, mostUsd }) => [jobId, mostUsd]).toSorted()).toEqual([
      ['lost-1', 0.5],
      ['lost-2', 0.5],
    ]);
  });
});
