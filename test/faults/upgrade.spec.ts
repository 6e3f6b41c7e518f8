import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jobServiceNames, type JobServiceName } from '@waybill/contracts';
import { startService, type ServiceOptions, type TestService } from '../support/index.js';
import {
  beginFaultRun,
  faultEnvironment,
  faultTenant,
  proveNothingLost,
  submit,
  type FaultRun,
} from './support/fault-run.js';
import { makeWorkload } from './support/workload.js';

type Services = Readonly<Record<JobServiceName, TestService>>;

const preload = [join(import.meta.dirname, 'support', 'other-release.mjs')];
/** A folder with the built services of the last release; without it, this build speaks as the last release did. */
const lastBuild = process.env['WAYBILL_LAST_BUILD'];
const last: ServiceOptions = lastBuild
  ? { build: lastBuild, env: {} }
  : { preload, env: { WAYBILL_TEST_RELEASE: 'last' } };
const next: ServiceOptions = { preload, env: { WAYBILL_TEST_RELEASE: 'next' } };
const present: ServiceOptions = { env: {} };
/** Those whose consumers give a message to one worker at a time; results takes what is there as one batch. */
const takingTurns = ['intake', 'ocr', 'reasoning'] as const;
const jobsAtOnce = 40;

let run: FaultRun;
let ofLast: Services;
let ofPresent: Services;
let ofNext: Services;
let seed = 700;

beforeAll(async () => {
  const services = Object.fromEntries(jobServiceNames.map((name) => [name, last]));
  run = await beginFaultRun(seed, { services }, 0);
  ofLast = Object.fromEntries(jobServiceNames.map((name) => [name, run.stack.service(name)])) as unknown as Services;
  ofPresent = await startAll(present);
}, 600_000);
afterAll(async () => {
  for (const service of [ofPresent, ofNext].flatMap((services) => Object.values(services ?? {}))) await service.stop();
  await run?.close();
});

const start = async (name: JobServiceName, { env, ...options }: ServiceOptions): Promise<TestService> =>
  startService(name, {
    ...options,
    env: {
      ...faultEnvironment,
      NATS_URL: run.stack.nats.url,
      DATABASE_URL: run.stack.databaseUrl,
      WAYBILL_AUTH: 'none',
      WAYBILL_PORT: '0',
      WAYBILL_RESULTS_URL: run.stack.service('results').url,
      ...env,
    },
  });

async function startAll(options: ServiceOptions): Promise<Services> {
  const started = await Promise.all(jobServiceNames.map(async (name) => [name, await start(name, options)] as const));
  return Object.fromEntries(started) as unknown as Services;
}

const stopAll = (services: Services) => Promise.all(Object.values(services).map((service) => service.stop()));

/** Messages that a service has handled so far. */
async function handledBy({ url }: TestService): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const counts = [...text.matchAll(/^waybill_handler_seconds_count\{.*outcome="completed".*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Submits and waits for the end, again until every one of the workers has had a share. */
async function workUntilAllHadTurns(releases: readonly Services[]): Promise<void> {
  const workers = releases.flatMap((services) => takingTurns.map((name) => services[name]));
  do {
    seed += 1;
    const jobs = await makeWorkload(faultTenant, jobsAtOnce, seed);
    await Promise.all(jobs.map(({ id, submission }) => submit(run, { ...submission, id })));
    await run.ledger.ended(run.jobIds.length);
  } while ((await Promise.all(workers.map(handledBy))).includes(0));
}

/** Invariant: in an upgrade, workers of two releases take turns at the same consumers, and nothing is lost. */
describe('workers of two releases side by side', () => {
  it('carry jobs together: the last release and this one', async () => {
    await workUntilAllHadTurns([ofLast, ofPresent]);
    await stopAll(ofLast);
    const { statuses, deadLetters } = await proveNothingLost(run);
    expect(statuses).toMatchObject({ completed: run.jobIds.length });
    expect(deadLetters).toEqual([]);
  }, 600_000);

  it('carry jobs together: this release and one that tells more in every message', async () => {
    ofNext = await startAll(next);
    await workUntilAllHadTurns([ofPresent, ofNext]);
    const { statuses, deadLetters } = await proveNothingLost(run);
    expect(statuses).toMatchObject({ completed: run.jobIds.length });
    expect(deadLetters).toEqual([]);
  }, 600_000);

  it('leave to newer workers what asks for something that they do not know', async () => {
    await ofPresent.intake.stop();
    await ofNext.ocr.stop();
    const left = ofPresent.ocr.nextLine(/left to a newer worker/);
    const [job] = await makeWorkload(faultTenant, 1, 799);
    await submit(run, { ...job!.submission, id: 'asks-more', tags: ['asks-more'] });
    await left;
    ofNext = { ...ofNext, ocr: await start('ocr', next) };
    await ofPresent.ocr.stop();
    const { statuses, deadLetters } = await proveNothingLost(run);
    expect(statuses).toMatchObject({ completed: run.jobIds.length });
    expect(deadLetters).toEqual([]);
  }, 600_000);
});
