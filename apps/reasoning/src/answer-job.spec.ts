import { describe, expect, it } from '@jest/globals';
import {
  answerJobWorkSchema,
  jobFinishedSchema,
  pageReadSchema,
  type AnswerJobWork,
  type JobFinished,
  type PageLayout,
  type ReasoningLane,
} from '@waybill/contracts';
import { layOutPage } from '@waybill/document-layout';
import { StageError } from '@waybill/jobs';
import {
  buildRouteTable,
  InProcessPurse,
  InProcessRouteState,
  MemoryAnswerJournal,
  ModelError,
  noUsage,
  shippedCatalog,
  shippedPolicy,
  usdOf,
  type CascadeTools,
  type ModelAnswer,
  type ModelProvider,
} from '@waybill/llm-routing';
import { shippedGuardrailPolicy } from '@waybill/guardrails';
import { routableCatalog, RulesProvider } from '@waybill/model-providers';
import { contextOf, MemoryRecords } from '../../../test/support/memory-records.js';
import { AnswerDocument } from './answer-document.js';
import { AnswerJob } from './answer-job.js';
import { answerKinds } from './answer-kinds.js';
import { EventAttemptLog } from './event-attempt-log.js';
import { DocumentGuards } from './guard/document-guards.js';
import { PagePictures } from './page-pictures.js';

const moment = '2026-01-01T00:00:00.000Z';

const slip = [
  'Quellmark Stores Ltd',
  '12 Alder Lane, Millhaven 40312',
  'Date: 14/03/2026',
  'Bread 3.00',
  'TOTAL £3.00',
  'CASH 5.00',
  'CHANGE 2.00',
];

/** A slip of paper with these lines, laid out as the ocr service does. */
const layoutOf = (lines: readonly string[]): PageLayout =>
  layOutPage({
    ...{ document: 0, page: 1, width: 300, height: 600, unit: 'px', dpi: null, rotation: 0, skewDegrees: 0 },
    ...{ source: 'text-layer', engine: { name: 'test', version: '1' }, languages: [], remarks: [] },
    words: lines.flatMap((line, row) =>
      [...line.matchAll(/\S+/g)].map((match) => ({
        text: match[0],
        box: [10 + match.index * 6, 20 + row * 20, 10 + (match.index + match[0].length) * 6, 32 + row * 20],
        confidence: 0.9,
      })),
    ),
  });

/** What rules cannot find. */
const asked = {
  type: 'object',
  properties: { cashier: { type: 'string' }, total: { type: 'number' } },
};

const failing = (error: Error): ModelProvider => ({ id: 'rules', call: () => Promise.reject(error) });

/** A provider of cheap models whose calls all end so. */
const cheap = (call: ModelProvider['call']): ModelProvider => ({ id: 'google', call });

class Scene {
  readonly records = new MemoryRecords();
  readonly purse = new InProcessPurse();
  readonly journal = new MemoryAnswerJournal();

  documents(providers: readonly ModelProvider[], policy = shippedPolicy): AnswerDocument {
    const known = new Map(providers.map((provider) => [provider.id, provider]));
    const table = buildRouteTable(routableCatalog(shippedCatalog, { providers: known }), policy);
    const { clock, store } = this.records;
    const tools: CascadeTools = {
      ...{ table: () => table, providers: known, simulated: new Set(), clock },
      ...{
        state: new InProcessRouteState(clock),
        purse: this.purse,
        journal: this.journal,
        attempts: new EventAttemptLog(this.records.events, clock),
      },
    };
    const scale = async (bytes: Uint8Array) => ({ bytes, widthPx: 1, heightPx: 1 });
    const guards = new DocumentGuards({
      policy: () => shippedGuardrailPolicy,
      moderators: () => new Map(),
      ...{ store, look: async () => ({}), scale },
    });
    return new AnswerDocument(
      answerKinds({ ...tools, prior: () => undefined }, new PagePictures(store, scale, guards.covers), guards),
      store,
      guards,
    );
  }

  async pageRead(document: number, layout: PageLayout) {
    const bytes = Buffer.from(JSON.stringify(layout));
    const reference = await this.records.store.put('acme', `layouts/${document}-${layout.page}`, bytes);
    const { width, height, unit, dpi, rotation, source, words } = layout;
    return pageReadSchema.parse({
      ...{ version: 1, type: 'page-read', tenant: 'acme', jobId: 'job_1', at: moment, document, page: layout.page },
      ...{ layout: reference, attempts: 1, times: {} },
      summary: {
        width,
        height,
        unit,
        dpi,
        rotation,
        source,
        engine: 'test',
        words: words.length,
        confidence: words.length ? 0.9 : null,
      },
    });
  }

  async run(work: AnswerJobWork, provider: ModelProvider = new RulesProvider(), differs = {}) {
    return await this.runWith(this.documents([provider]), work, differs);
  }

  /** In the last lane, unless a test says otherwise: nothing moves from there. */
  async runWith(documents: AnswerDocument, work: AnswerJobWork, differs = {}, lane: ReasoningLane = 'frontier') {
    const { events, queue, clock } = this.records;
    return await new AnswerJob(events, documents, { queue, clock }).run(work, lane, contextOf(differs));
  }

  get finished(): JobFinished {
    const [finished, ...others] = this.records.events.all.filter(({ type }) => type !== 'attempt-made');
    expect(others).toEqual([]);
    return jobFinishedSchema.parse(finished);
  }
}

const workOf = (differs: { pages: AnswerJobWork['pages']; task?: object; routing?: object; documents?: object[] }) =>
  answerJobWorkSchema.parse({
    ...{ version: 1, tenant: 'acme', jobId: 'job_1', deadline: '2999-01-01T00:00:00.000Z', pages: differs.pages },
    plan: {
      acceptedAt: moment,
      task: differs.task ?? { kind: 'extract' },
      routing: differs.routing ?? {},
      documents: differs.documents ?? [{ document: 0, mediaType: 'image/png', sizeBytes: 1, pages: 1 }],
    },
  });

const pageFailed = (document: number, page: number) =>
  ({
    ...{ version: 1, type: 'page-failed', tenant: 'acme', jobId: 'job_1', at: moment, document, page, attempts: 3 },
    failure: { code: 'unreadable-page', message: 'The page is torn.', document, page },
  }) as AnswerJobWork['pages'][number];

describe('AnswerJob', () => {
  it('reads endings of pages that did not fit into the message from the events, all or none', async () => {
    const scene = new Scene();
    const documents = [{ document: 0, mediaType: 'application/pdf', sizeBytes: 1, pages: 2 }];
    const work = { ...workOf({ pages: [], documents }), pagesAt: 'events' as const };
    await scene.records.events.append(await scene.pageRead(0, layoutOf(slip)));
    expect(await scene.run(work)).toMatchObject({ kind: 'failed-retryable', failure: { code: 'unavailable' } });

    await scene.records.events.append(pageFailed(0, 2));
    expect(await scene.run(work)).toEqual({ kind: 'completed' });
    const finished = scene.records.events.all.find((event) => event.type === 'job-finished');
    expect(finished).toMatchObject({ status: 'partial', result: { documents: [{ pages: 2, pagesRead: 1 }] } });
  });

  it('answers by rules, at no cost, and ends the job', async () => {
    const scene = new Scene();
    const work = workOf({ pages: [await scene.pageRead(0, layoutOf(slip))] });
    expect(await scene.run(work)).toEqual({ kind: 'completed' });

    const { status, costUsd, result, problems, times } = scene.finished;
    expect({ status, costUsd, problems }).toEqual({ status: 'completed', costUsd: 0, problems: [] });
    expect(Object.keys(times)).toEqual(['queued', 'load', 'answer']);
    const [document] = result!.documents;
    expect(document).toMatchObject({ kind: 'receipt', pages: 1, pagesRead: 1, readingConfidence: 0.9 });
    expect(document!.models).toMatchObject([{ model: 'waybill/rules-1', tier: 0, costUsd: 0 }]);
    expect(document!.values).toMatchObject({
      merchant: 'Quellmark Stores Ltd',
      date: '2026-03-14',
      currency: 'GBP',
      total: 3,
    });
    const total = document!.fields!.find(({ path }) => path === '/total');
    expect(total).toMatchObject({ value: 3, page: 1, words: [expect.any(Number)] });
    expect(document!.fields!.find(({ value }) => value === null)).toMatchObject({
      confidence: 0,
      reason: expect.stringMatching(/\.$/),
    });
  });

  it('needs no model to read, and says what the document is', async () => {
    const scene = new Scene();
    const pages = [await scene.pageRead(0, layoutOf(slip))];
    await scene.run(workOf({ pages, task: { kind: 'read' } }), failing(new Error('nobody asks')));
    expect(scene.finished).toMatchObject({
      status: 'completed',
      result: { documents: [{ kind: 'receipt', models: [] }] },
    });
  });

  it('fetches nothing for pages without words', async () => {
    const scene = new Scene();
    await scene.run(workOf({ pages: [await scene.pageRead(0, layoutOf([]))] }));
    expect(scene.records.store.reads).toBe(0);
    expect(scene.finished).toMatchObject({
      status: 'completed',
      result: { documents: [{ kind: 'unknown', readingConfidence: null }] },
    });
  });

  it('is partial when a page or a document is missing, with the reasons', async () => {
    const scene = new Scene();
    const unreadable = {
      document: 1,
      mediaType: 'text/plain',
      sizeBytes: 1,
      pages: 0,
      failure: { code: 'unsupported-format', message: 'No.' },
    };
    const documents = [{ document: 0, mediaType: 'image/tiff', sizeBytes: 1, pages: 2 }, unreadable];
    await scene.run(workOf({ pages: [await scene.pageRead(0, layoutOf(slip)), pageFailed(0, 2)], documents }));
    expect(scene.finished).toMatchObject({
      status: 'partial',
      problems: [
        { code: 'unreadable-page', page: 2 },
        { code: 'unsupported-format', document: 1 },
      ],
      result: {
        documents: [
          { pagesRead: 1, values: { total: 3 }, problems: [{ code: 'unreadable-page', page: 2 }] },
          { pagesRead: 0, models: [] },
        ],
      },
    });
  });

  it('fails without a model that the job allows, and says why', async () => {
    const scene = new Scene();
    const documents = scene.documents([new RulesProvider()], { ...shippedPolicy, deny: ['waybill/rules-1'] });
    await scene.runWith(documents, workOf({ pages: [await scene.pageRead(0, layoutOf(slip))] }));
    expect(scene.finished).toMatchObject({
      status: 'failed',
      problems: [{ code: 'no-model', stage: 'reasoning-frontier', document: 0 }],
    });
  });

  it('goes on without an answer that the provider cannot give', async () => {
    const scene = new Scene();
    const work = workOf({ pages: [await scene.pageRead(0, layoutOf(slip))] });
    await scene.run(work, failing(new StageError('model-failed', 'The model refused.')));
    expect(scene.finished).toMatchObject({ status: 'failed', problems: [{ code: 'model-failed' }] });
  });

  it('fails when the layouts are gone for good', async () => {
    const scene = new Scene();
    const page = await scene.pageRead(0, layoutOf(slip));
    await scene.records.store.remove(page.layout);
    await scene.run(workOf({ pages: [page] }));
    expect(scene.finished).toMatchObject({
      status: 'failed',
      problems: [{ code: 'document-not-found', document: 0, page: 1 }],
    });
  });

  it('tries again later what may succeed later, and leaves the job open', async () => {
    const scene = new Scene();
    const work = workOf({ pages: [await scene.pageRead(0, layoutOf(slip))] });
    const away = new StageError('unavailable', 'The provider is away.', { retryable: true, retryAfterMs: 50 });
    expect(await scene.run(work, failing(away))).toMatchObject({ kind: 'failed-retryable', delayMs: 50 });
    expect(await scene.run(work, new RulesProvider(), { signal: AbortSignal.abort() })).toMatchObject({
      kind: 'failed-retryable',
    });
    expect(scene.records.events.all).toEqual([]);
  });

  it('asks and reads nothing where the job’s regions leave its own place out, or nobody has said where it is', async () => {
    const scene = new Scene();
    const page = await scene.pageRead(0, layoutOf(slip));
    const { events, queue, clock } = scene.records;
    for (const regions of [['us-east-1'], undefined]) {
      const places = [{ kind: 'services' as const, name: 'Waybill', ...(regions ? { regions } : {}) }];
      const answering = new AnswerJob(events, scene.documents([new RulesProvider()]), { queue, clock, places });
      const inEurope = workOf({ pages: [page], routing: { regions: ['eu'] } });
      const where = regions ? /allows eu, .* Waybill \(services\) in us-east-1/ : /in a region that is not stated/;
      expect(await answering.run(inEurope, 'frontier', contextOf({}))).toMatchObject({
        ...{ kind: 'failed-terminal', failure: { message: expect.stringMatching(where) } },
      });
      expect([events.all, scene.records.store.reads]).toEqual([[], 0]);
      expect(await answering.run(workOf({ pages: [page] }), 'frontier', contextOf({}))).toEqual({ kind: 'completed' });
      scene.records.events.all.splice(0);
      scene.records.store.reads = 0;
    }
  });

  it('does nothing when the job has ended already', async () => {
    const scene = new Scene();
    const work = workOf({ pages: [await scene.pageRead(0, layoutOf(slip))] });
    await scene.run(work);
    const reads = scene.records.store.reads;
    expect(await scene.run(work, failing(new Error('nobody asks')), { redelivered: true })).toEqual({
      kind: 'completed',
    });
    expect(scene.records.store.reads).toBe(reads);
    expect(scene.finished.status).toBe('completed');
  });

  it('parks a job whose provider says when to come again, and pays once for what was answered before', async () => {
    const scene = new Scene();
    const until = new Date(Date.now() + 60_000);
    const answers: (() => Promise<never>)[] = [];
    const limited = () => Promise.reject(new ModelError('rate-limited', 'Come again in a minute.', { until }));
    answers.push(limited);
    const work = workOf({ pages: [await scene.pageRead(0, layoutOf(slip))], task: { kind: 'extract', schema: asked } });
    const providers = [new RulesProvider(), cheap(() => (answers.shift() ?? limited)())];
    expect(await scene.runWith(scene.documents(providers), work)).toMatchObject({ kind: 'deferred', until });
    const [byRules, ...others] = scene.records.events.all;
    expect(byRules).toMatchObject({ type: 'attempt-made', document: 0, attempt: { tier: 0, outcome: 'answered' } });
    expect(others.at(-1)).toMatchObject({ type: 'job-waiting', reason: 'Come again in a minute.' });
    expect(others.slice(0, -1).length).toBeGreaterThan(0);
    for (const event of others.slice(0, -1))
      expect(event).toMatchObject({ type: 'attempt-made', attempt: { outcome: 'rate-limited' } });
    expect(scene.purse.reserved).toBe(0n);
  });

  it('parks a job unseen when nobody can be told of it', async () => {
    const scene = new Scene();
    const { events } = scene.records;
    const append = events.append.bind(events);
    events.append = (event) =>
      event.type === 'job-waiting'
        ? Promise.reject(new StageError('unavailable', 'No leader.', { retryable: true }))
        : append(event);
    const until = new Date(Date.now() + 60_000);
    const limited = cheap(() => Promise.reject(new ModelError('rate-limited', 'Come again.', { until })));
    const work = workOf({ pages: [await scene.pageRead(0, layoutOf(slip))], task: { kind: 'extract', schema: asked } });
    const documents = scene.documents([new RulesProvider(), limited]);
    expect(await scene.runWith(documents, work)).toMatchObject({ kind: 'deferred', until });
  });
});

describe('lanes', () => {
  it('passes a job on to the lane of the model that it needs, having asked nobody', async () => {
    const scene = new Scene();
    const work = workOf({ pages: [await scene.pageRead(0, layoutOf(slip))], task: { kind: 'extract', schema: asked } });
    const calls: string[] = [];
    const model = cheap(async (request) => {
      calls.push(request.model);
      throw new ModelError('unknown', 'Nothing came.');
    });
    const documents = scene.documents([new RulesProvider(), model]);
    expect(await scene.runWith(documents, work, {}, 'free')).toEqual({ kind: 'completed' });
    expect([calls, scene.records.moves]).toEqual([[], ['fast']]);
    expect(scene.records.events.all).toMatchObject([{ type: 'attempt-made', attempt: { tier: 0 } }]);
    expect(scene.purse.reserved).toBe(0n);
  });

  it('ends a job where it is while the queue has no room for it elsewhere', async () => {
    const scene = new Scene();
    const work = workOf({ pages: [await scene.pageRead(0, layoutOf(slip))], task: { kind: 'extract', schema: asked } });
    const json = { cashier: { value: 'Quellmark Stores Ltd', words: [] } };
    const usage = { ...noUsage, inputTokens: 100, outputTokens: 10 };
    const model = cheap(
      async ({ model: name }) =>
        ({ text: JSON.stringify(json), json, usage, model: name, finish: 'stop' }) as unknown as ModelAnswer,
    );
    const full = new StageError('unavailable', 'The stream is full.', { retryable: true, retryAfterMs: 5_000 });
    const tools = { queue: { answerJob: () => Promise.reject(full) }, clock: scene.records.clock };
    const answering = new AnswerJob(scene.records.events, scene.documents([new RulesProvider(), model]), tools);
    expect(await answering.run(work, 'free', contextOf({}))).toEqual({ kind: 'completed' });
    expect(scene.finished).toMatchObject({ status: expect.stringMatching(/completed|partial/) });
    expect(scene.finished.costUsd).toBeGreaterThan(0);

    const away = new StageError('unavailable', 'NATS is away.', { retryable: true });
    tools.queue.answerJob = () => Promise.reject(away);
    expect(
      await answering.run({ ...work, jobId: 'job_2' as AnswerJobWork['jobId'] }, 'free', contextOf({})),
    ).toMatchObject({
      kind: 'failed-retryable',
    });
  });

  it('moves on when the answer is in doubt, and finds there what it has paid for', async () => {
    const scene = new Scene();
    const work = workOf({ pages: [await scene.pageRead(0, layoutOf(slip))], task: { kind: 'extract', schema: asked } });
    const calls: string[] = [];
    const usage = { ...noUsage, inputTokens: 100, outputTokens: 10 };
    const said = (cashier: string) => ({ cashier: { value: cashier, words: [] } });
    const model = cheap(async ({ model: name }) => {
      calls.push(name);
      const json = said(calls.length === 1 ? 'Nowhere' : 'Quellmark Stores Ltd');
      return { text: JSON.stringify(json), json, usage, model: name, finish: 'stop' } as unknown as ModelAnswer;
    });
    const documents = scene.documents([new RulesProvider(), model]);
    await scene.runWith(documents, work, {}, 'fast');
    expect([calls.length, scene.records.moves]).toEqual([1, ['standard']]);
    const spent = scene.purse.spent;
    expect(spent).toBeGreaterThan(0n);
    await scene.runWith(documents, work, {}, 'standard');
    expect(calls).toHaveLength(2);
    expect(new Set(calls).size).toBe(2);
    expect(scene.finished.costUsd).toBeCloseTo(usdOf(scene.purse.spent), 12);
    expect(scene.purse.spent).toBeGreaterThan(spent);
  });
});
