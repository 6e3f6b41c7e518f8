import { describe, expect, it } from '@jest/globals';
import type { AnswerJobWork } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { ModelError, noUsage, usdOf, type ModelAnswer } from '@waybill/llm-routing';
import { RulesProvider } from '@waybill/model-providers';
import { AnswerScene, asked, cheap, layoutOf, slip, workOf } from '../../../test/support/answer-scene.js';
import { contextOf } from '../../../test/support/memory-records.js';
import { AnswerJob } from './answer-job.js';

describe('lanes', () => {
  it('passes a job on to the lane of the model that it needs, having asked nobody', async () => {
    const scene = new AnswerScene();
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
    const scene = new AnswerScene();
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
    const scene = new AnswerScene();
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
