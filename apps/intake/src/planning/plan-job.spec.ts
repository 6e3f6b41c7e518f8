import {
  jobIdSchema,
  tenantSchema,
  type Hop,
  type JobAccepted,
  type JobEvent,
  type ReadPageWork,
} from '@waybill/contracts';
import { MemoryStates, PageQuotas, parseRequestLimits, type RequestLimits } from '@waybill/identity';
import { StageError, systemClock, type EventLog, type WorkQueue } from '@waybill/jobs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { PlanJob } from './plan-job.js';
import type { DocumentPlan, PlanDocument } from './plan-document.js';
import { PlanDocuments } from './plan-documents.js';

const blob = { bucket: 'b', key: 'k', sizeBytes: 10, sha256: 'a'.repeat(64) };
const accepted: JobAccepted = {
  version: 1,
  type: 'job-accepted',
  tenant: tenantSchema.parse('default'),
  jobId: jobIdSchema.parse('job-1'),
  at: '2030-01-01T00:00:00.000Z',
  door: 'rest',
  fingerprint: 'f',
  submission: {
    id: jobIdSchema.parse('job-1'),
    tenant: tenantSchema.parse('default'),
    task: { kind: 'read' },
    routing: { deadline: '2030-01-02T00:00:00.000Z' },
    documents: [{ blob }, { url: 'http://x.test/a' }],
  },
};

const run = { signal: new AbortController().signal, isLastAttempt: false, redelivered: false };
const pages = (document: number, count: number): DocumentPlan => ({
  planned: { document, mediaType: 'image/tiff', sizeBytes: 10, pages: count },
  source: { blob: { ...blob, key: document === 0 ? 'k' : `k${document}` } },
});

let appended: JobEvent[];
let sent: ReadPageWork[];
let failAtPage: number | undefined;
let inspected: number;
let longestPlan: number;
let limits: RequestLimits;
let states: MemoryStates;

const events = {
  append: (event: JobEvent) => {
    if (event.type === 'job-planned' && event.documents.length > longestPlan)
      return Promise.reject(new StageError('too-large', 'The message is larger than the NATS server takes.'));
    if (appended.some(({ type }) => type === event.type)) return Promise.resolve('exists');
    appended.push(event);
    return Promise.resolve('appended');
  },
  find: (_job: unknown, type: string) => Promise.resolve(appended.find((event) => event.type === type)),
} as unknown as EventLog;

const work = {
  readPage: (page: ReadPageWork) => {
    if (sent.length === failAtPage) {
      return Promise.reject(new StageError('unavailable', 'Gone.', { retryable: true }));
    }
    sent.push(page);
    return Promise.resolve();
  },
} as unknown as WorkQueue;

const planJobWith = (plans: readonly DocumentPlan[], places: readonly Hop[] = []): PlanJob =>
  new PlanJob(
    { events, work, clock: systemClock, places },
    new PlanDocuments(
      {
        plan: (_tenant: unknown, _document: unknown, index: number) => {
          inspected += 1;
          return Promise.resolve(plans[index]);
        },
      } as unknown as PlanDocument,
      { WAYBILL_MAX_ATTACHMENTS: 3, WAYBILL_MAX_MAIL_DEPTH: 1 },
    ),
    new PageQuotas(() => limits, states, systemClock),
  );

beforeEach(() => {
  appended = [];
  sent = [];
  failAtPage = undefined;
  inspected = 0;
  longestPlan = 100;
  limits = parseRequestLimits({ version: 1 });
  states = new MemoryStates();
});

const sentPages = (): string[] => sent.map(({ document, page, source }) => `${document}-${page}@${source.key}`);

describe('PlanJob', () => {
  it('sends every page of every document, with the bytes each comes from', async () => {
    await planJobWith([pages(0, 2), pages(1, 1)]).plan(accepted, run);
    expect(sentPages()).toEqual(['0-1@k', '0-2@k', '1-1@k1']);
    expect(sent[0]).toMatchObject({ deadline: '2030-01-02T00:00:00.000Z', plan: { acceptedAt: accepted.at } });
    expect(appended).toMatchObject([{ type: 'job-planned', sources: [{ document: 1, blob: { key: 'k1' } }] }]);
  });

  it('goes on with its own plan after dying between plan and pages, without looking again', async () => {
    failAtPage = 1;
    await expect(planJobWith([pages(0, 2), pages(1, 1)]).plan(accepted, run)).rejects.toBeInstanceOf(StageError);
    failAtPage = undefined;
    sent = [];
    const lookedBefore = inspected;
    await planJobWith([pages(0, 9), pages(1, 9)]).plan(accepted, { ...run, redelivered: true });
    expect(sentPages()).toEqual(['0-1@k', '0-2@k', '1-1@k1']);
    expect(inspected).toBe(lookedBefore);
  });

  it('follows the first plan when another worker was faster', async () => {
    await planJobWith([pages(0, 1), pages(1, 1)]).plan(accepted, run);
    sent = [];
    await planJobWith([pages(0, 5), pages(1, 5)]).plan(accepted, run);
    expect(sentPages()).toEqual(['0-1@k', '1-1@k1']);
    expect(appended).toHaveLength(1);
  });

  it('ends a job whose documents are more than a message can name, and says what to do', async () => {
    longestPlan = 1;
    await planJobWith([pages(0, 2), pages(1, 1)]).plan(accepted, run);
    expect(sent).toEqual([]);
    expect(appended).toMatchObject([{ type: 'job-finished', status: 'failed', problems: [{ code: 'too-large' }] }]);
    expect(JSON.stringify(appended)).toContain('The job holds 2 documents with what is attached to them');
  });

  it('counts pages against the limit once, however often it plans', async () => {
    limits = parseRequestLimits({ version: 1, default: { tenant: { pagesPerMonth: 5 } } });
    failAtPage = 1;
    const planJob = planJobWith([pages(0, 2), pages(1, 1)]);
    await expect(planJob.plan(accepted, run)).rejects.toBeInstanceOf(StageError);
    failAtPage = undefined;
    await planJob.plan(accepted, { ...run, redelivered: true });
    await planJob.plan(accepted, run);
    const quotas = new PageQuotas(() => limits, states, systemClock);
    expect(await quotas.standing(accepted)).toMatchObject([{ of: 'tenant', window: 'month', used: 3, left: 2 }]);
  });

  it('ends a job whose pages have no room before its deadline, with the reason', async () => {
    limits = parseRequestLimits({ version: 1, default: { tenant: { pagesPerDay: 2 } } });
    await planJobWith([pages(0, 2), pages(1, 1)]).plan(accepted, run);
    expect(sent).toEqual([]);
    expect(appended).toMatchObject([{ type: 'job-finished', problems: [{ code: 'too-many-pages' }] }]);
    expect(JSON.stringify(appended)).toContain(
      'The job has 3 pages, and there is no room for them before its deadline and within 5 days',
    );
  });

  it('ends a job unread whose regions leave this worker out', async () => {
    const { submission } = accepted;
    const inEurope = {
      ...accepted,
      submission: { ...submission, routing: { ...submission.routing, regions: ['eu'] } },
    };
    const here: Hop = { kind: 'services', name: 'Waybill', regions: ['us-east-1'] };
    await planJobWith([pages(0, 1)], [here]).plan(inEurope, run);
    expect([inspected, sent]).toEqual([0, []]);
    expect(appended).toMatchObject([{ type: 'job-finished', status: 'failed' }]);
    expect(JSON.stringify(appended)).toContain('The job allows eu, and its content would be with Waybill (services)');
  });

  it('ends a job without a readable page, with every reason', async () => {
    const failure = (document: number): DocumentPlan => ({
      planned: {
        document,
        mediaType: 'application/octet-stream',
        sizeBytes: 0,
        pages: 0,
        failure: { code: 'unsupported-format', message: 'No.', document },
      },
    });
    await planJobWith([failure(0), failure(1)]).plan(accepted, run);
    expect(sent).toEqual([]);
    expect(appended[1]).toMatchObject({
      type: 'job-finished',
      status: 'failed',
      problems: [{ document: 0 }, { document: 1 }],
    });
  });
});
