import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jetstream } from '@nats-io/jetstream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { submitSubject, tenantSchema, type ReadPageWork } from '@waybill/contracts';
import { job, pictures, startIntake, type TestIntake } from '../intake/start-intake.js';
import { startResults, type RunningResults } from '../results/start-results.js';
import { dayHasRoom, temporaryFolder, type TemporaryFolder } from '../../support/index.js';

const dayMs = 86_400_000;
/** No day may turn amid the test. */
const testMs = 180_000;

let folder: TemporaryFolder;
let intake: TestIntake;
let results: RunningResults;
let document: string;
let tomorrow: string;

beforeAll(async () => {
  await dayHasRoom(testMs);
  tomorrow = new Date((Math.floor(Date.now() / dayMs) + 1) * dayMs).toISOString();
  folder = await temporaryFolder('page-limits');
  const file = join(folder.path, 'limits.yaml');
  const tenants = { daily: { tenant: { pagesPerDay: 5 } }, small: { tenant: { pagesPerMonth: 3 } } };
  await writeFile(file, JSON.stringify({ version: 1, tenants }));
  results = await startResults({ WAYBILL_LIMITS: file });
  intake = await startIntake({ WAYBILL_LIMITS: file, NATS_URL: results.nats.url });
  document = (await pictures(3)).toString('base64');
}, 2 * testMs);
afterAll(async () => {
  await intake?.stop();
  await results?.stop();
  await folder?.remove();
});

const deadline = () => new Date(Date.now() + 3 * dayMs).toISOString();
const submission = (id: string) => ({
  id,
  documents: [{ inline: document }],
  task: { kind: 'read' },
  routing: { deadline: deadline() },
});
const post = (tenant: string, id: string): Promise<Response> =>
  fetch(`${intake.url}/v1/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'waybill-tenant': tenant },
    body: JSON.stringify(submission(id)),
  });

describe('a tenant with a limit of pages', () => {
  it('has a job that does not fit into the day wait for the next one, and its pages with it', async () => {
    expect((await post('daily', 'first')).status).toBe(202);
    const [, planned] = await intake.until(job('first', 'daily'), 'job-planned');
    expect(planned).not.toHaveProperty('notBefore');
    expect((await post('daily', 'second')).status).toBe(202);
    const events = await intake.until(job('second', 'daily'), 'job-waiting');
    expect(events[1]).toMatchObject({ type: 'job-planned', notBefore: tomorrow });
    expect(events[2]).toMatchObject({ stage: 'intake-plan', until: tomorrow });
    let waits: (string | undefined)[] = [];
    while (waits.length < 3) {
      const works = await intake.messagesOf<ReadPageWork>('WAYBILL_PAGES');
      waits = works.filter(({ jobId }) => jobId === 'second').map(({ notBefore }) => notBefore);
    }
    expect(waits).toEqual([tomorrow, tomorrow, tomorrow]);
    const usage = await results.get('/v1/usage', { headers: { 'waybill-tenant': 'daily' } });
    const ofDay = { of: 'tenant', window: 'day', limit: 5, used: 3, left: 2, turnsAt: tomorrow };
    expect(await usage.json()).toMatchObject({ pageLimits: [ofDay] });
  });

  it('is told at REST when its pages are used up, and when to come again', async () => {
    expect((await post('small', 'all')).status).toBe(202);
    await intake.until(job('all', 'small'), 'job-planned');
    const refused = await post('small', 'more');
    expect(refused.status).toBe(429);
    const problem = (await refused.json()) as { type: string; detail: string };
    expect(problem.type).toBe('urn:waybill:problem:too-many-requests');
    expect(problem.detail).toMatch(/^The 3 pages a month of the tenant are used up; submit again after/);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await post('other', 'free')).status).toBe(202);
  });

  it('has a job over NATS that can have no room fail with a sentence', async () => {
    const [one, other] = [submission('large').documents[0]!, submission('large').documents[0]!];
    const large = { ...submission('large'), documents: [one, other] };
    await jetstream(intake.nats).publish(submitSubject(tenantSchema.parse('daily')), JSON.stringify(large));
    const events = await intake.until(job('large', 'daily'), 'job-finished');
    expect(events.at(-1)).toMatchObject({ status: 'failed', problems: [{ code: 'too-many-pages' }] });
  });
});
