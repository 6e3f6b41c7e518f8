import { describe, expect, it } from '@jest/globals';
import { StageError } from '@waybill/jobs';
import { ModelError, shippedPolicy } from '@waybill/llm-routing';
import { RulesProvider } from '@waybill/model-providers';
import {
  AnswerScene,
  asked,
  cheap,
  failing,
  layoutOf,
  pageFailed,
  slip,
  workOf,
} from '../../../test/support/answer-scene.js';
import { contextOf } from '../../../test/support/memory-records.js';
import { AnswerJob } from './answer-job.js';

describe('AnswerJob', () => {
  it('reads endings of pages that did not fit into the message from the events, all or none', async () => {
    const scene = new AnswerScene();
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
    const scene = new AnswerScene();
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
    const scene = new AnswerScene();
    const pages = [await scene.pageRead(0, layoutOf(slip))];
    await scene.run(workOf({ pages, task: { kind: 'read' } }), failing(new Error('nobody asks')));
    expect(scene.finished).toMatchObject({
      status: 'completed',
      result: { documents: [{ kind: 'receipt', models: [] }] },
    });
  });

  it('fetches nothing for pages without words', async () => {
    const scene = new AnswerScene();
    await scene.run(workOf({ pages: [await scene.pageRead(0, layoutOf([]))] }));
    expect(scene.records.store.reads).toBe(0);
    expect(scene.finished).toMatchObject({
      status: 'completed',
      result: { documents: [{ kind: 'unknown', readingConfidence: null }] },
    });
  });

  it('is partial when a page or a document is missing, with the reasons', async () => {
    const scene = new AnswerScene();
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
    const scene = new AnswerScene();
    const documents = scene.documents([new RulesProvider()], { ...shippedPolicy, deny: ['waybill/rules-1'] });
    await scene.runWith(documents, workOf({ pages: [await scene.pageRead(0, layoutOf(slip))] }));
    expect(scene.finished).toMatchObject({
      status: 'failed',
      problems: [{ code: 'no-model', stage: 'reasoning-frontier', document: 0 }],
    });
  });

  it('goes on without an answer that the provider cannot give', async () => {
    const scene = new AnswerScene();
    const work = workOf({ pages: [await scene.pageRead(0, layoutOf(slip))] });
    await scene.run(work, failing(new StageError('model-failed', 'The model refused.')));
    expect(scene.finished).toMatchObject({ status: 'failed', problems: [{ code: 'model-failed' }] });
  });

  it('fails when the layouts are gone for good', async () => {
    const scene = new AnswerScene();
    const page = await scene.pageRead(0, layoutOf(slip));
    await scene.records.store.remove(page.layout);
    await scene.run(workOf({ pages: [page] }));
    expect(scene.finished).toMatchObject({
      status: 'failed',
      problems: [{ code: 'document-not-found', document: 0, page: 1 }],
    });
  });

  it('tries again later what may succeed later, and leaves the job open', async () => {
    const scene = new AnswerScene();
    const work = workOf({ pages: [await scene.pageRead(0, layoutOf(slip))] });
    const away = new StageError('unavailable', 'The provider is away.', { retryable: true, retryAfterMs: 50 });
    expect(await scene.run(work, failing(away))).toMatchObject({ kind: 'failed-retryable', delayMs: 50 });
    expect(await scene.run(work, new RulesProvider(), { signal: AbortSignal.abort() })).toMatchObject({
      kind: 'failed-retryable',
    });
    expect(scene.records.events.all).toEqual([]);
  });

  it('asks and reads nothing where the job’s regions leave its own place out, or nobody has said where it is', async () => {
    const scene = new AnswerScene();
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
    const scene = new AnswerScene();
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
    const scene = new AnswerScene();
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
    const scene = new AnswerScene();
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
