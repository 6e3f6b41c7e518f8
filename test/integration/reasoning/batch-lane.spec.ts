import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { StageError } from '@waybill/jobs';
import { picodollarsOf, priceUsage, shippedCatalog, usdOf, type BatchBook } from '@waybill/llm-routing';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import { attemptsOf, BatchScene } from './support/batch-scene.js';

let simulator: ModelSimulator;
beforeAll(async () => {
  simulator = await startModelSimulator();
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

const hourMs = 3_600_000;

describe.each([
  { model: 'openai/gpt-5.4-mini-2026-03-17' },
  { model: 'anthropic/claude-haiku-4-5-20251001' },
  { model: 'google/gemini-2.5-flash-lite' },
])('the batch lane with $model', ({ model }) => {
  const batches = (): number => simulator.batches.made;

  it('is where a patient job goes', async () => {
    const scene = new BatchScene(simulator, model);
    expect(await scene.deliver('job_1', 'free')).toEqual({ kind: 'completed' });
    expect(scene.recordsOf('job_1').moves).toEqual(['batch']);
  });

  it('answers several jobs by one batch, at the price of batches', async () => {
    const scene = new BatchScene(simulator, model);
    const before = batches();
    const filesBefore = simulator.batches.filesKept;
    expect(await scene.deliver('job_1', 'batch')).toMatchObject({ kind: 'deferred' });
    expect(await scene.deliver('job_2', 'batch')).toMatchObject({ kind: 'deferred' });
    scene.pass(61_000);
    const ends = [await scene.finish('job_1'), await scene.finish('job_2')];
    expect(batches()).toBe(before + 1);
    expect(simulator.requests).toEqual([]);
    for (const [at, end] of ends.entries()) {
      const [attempt, ...others] = attemptsOf(end);
      expect(others).toEqual([]);
      expect(end).toMatchObject({
        status: 'completed',
        result: { documents: [{ values: { servedBy: `You were kindly served by Ann job_${at + 1}` } }] },
      });
      const prices = shippedCatalog.models.find(({ id }) => id === model)!.prices!;
      expect(attempt).toMatchObject({ model, service: 'batch', outcome: 'answered' });
      expect(attempt!.costUsd).toBe(usdOf(priceUsage(prices, attempt!.usage!, 'batch')));
      expect(attempt!.costUsd).toBeLessThan(usdOf(priceUsage(prices, attempt!.usage!, 'standard')));
    }
    expect(simulator.batches.filesKept).toBe(filesBefore);
    const paid = ends.flatMap(attemptsOf).reduce((sum, { costUsd }) => sum + costUsd, 0);
    expect(usdOf(scene.purse.spent)).toBeCloseTo(paid, 12);
    expect(scene.purse.reserved).toBe(0n);
  });

  it('finds the batch again that a worker submitted before it died', async () => {
    const scene = new BatchScene(simulator, model);
    const before = batches();
    await scene.deliver('job_1', 'batch');
    scene.pass(61_000);
    expect(await scene.deliver('job_1', 'batch', dyingOnceSubmitted(scene.book))).toMatchObject({
      kind: 'failed-retryable',
    });
    expect(batches()).toBe(before + 1);
    scene.pass(180_000);
    expect(attemptsOf(await scene.finish('job_1'))).toMatchObject([{ service: 'batch', outcome: 'answered' }]);
    expect(batches()).toBe(before + 1);
    expect(scene.purse.reserved).toBe(0n);
  });

  it('asks by itself what the batch does not answer in time, and has the batch cancelled', async () => {
    const scene = new BatchScene(simulator, model);
    simulator.fateOfBatches('held');
    await scene.deliver('job_1', 'batch');
    scene.pass(61_000);
    await scene.deliver('job_1', 'batch');
    scene.pass(29 * hourMs);
    const attempts = attemptsOf(await scene.finish('job_1'));
    expect(attempts).toMatchObject([
      { service: 'batch', outcome: 'batch-late', reason: expect.stringContaining('may still be billed') },
      { model, outcome: 'answered' },
    ]);
    expect(attempts[1]).not.toHaveProperty('service');
    expect(scene.purse.reserved).toBeGreaterThan(0n);
    const paid = scene.purse.spent;
    for (let round = 0; round < 3; round += 1) await scene.keep();
    expect(scene.purse.reserved).toBe(0n);
    expect(scene.purse.spent).toBe(paid);
  });

  it('asks by itself what a batch did not come to before its time was over, and holds no money for it', async () => {
    const scene = new BatchScene(simulator, model);
    simulator.fateOfBatches('expired');
    await scene.deliver('job_1', 'batch');
    scene.pass(61_000);
    const attempts = attemptsOf(await scene.finish('job_1'));
    expect(attempts).toMatchObject([
      { service: 'batch', outcome: 'batch-not-answered' },
      { model, outcome: 'answered' },
    ]);
    expect(usdOf(scene.purse.spent)).toBeCloseTo(attempts[1]!.costUsd, 12);
    expect(scene.purse.reserved).toBe(0n);
  });

  it('submits nothing for a job that was cancelled, and gives its money back', async () => {
    const scene = new BatchScene(simulator, model);
    const before = batches();
    await scene.deliver('job_1', 'batch');
    await scene.deliver('job_2', 'batch');
    await scene.end('job_1');
    const [attempt] = attemptsOf(await scene.finish('job_2'));
    expect(batches()).toBe(before + 1);
    expect(attempt).toMatchObject({ service: 'batch', outcome: 'answered' });
    expect(scene.purse.reserved).toBeGreaterThan(0n);
    await scene.keep();
    expect(scene.purse.reserved).toBe(0n);
    expect(usdOf(scene.purse.spent)).toBeCloseTo(attempt!.costUsd, 12);
    expect(await scene.book.keys('')).toEqual([]);
  });

  it('cancels a batch whose jobs were all cancelled', async () => {
    const scene = new BatchScene(simulator, model);
    simulator.fateOfBatches('held');
    const filesBefore = simulator.batches.filesKept;
    await scene.deliver('job_1', 'batch');
    scene.pass(61_000);
    await scene.deliver('job_1', 'batch');
    await scene.keep();
    expect(scene.purse.reserved).toBeGreaterThan(0n);
    await scene.end('job_1');
    for (let round = 0; round < 3; round += 1) await scene.keep();
    expect([scene.purse.reserved, scene.purse.spent]).toEqual([0n, 0n]);
    expect(simulator.batches.filesKept).toBe(filesBefore);
    expect(await scene.book.keys('')).toEqual([]);
  });

  it('books what a batch was billed after its job had been cancelled, once', async () => {
    const scene = new BatchScene(simulator, model);
    await scene.deliver('job_1', 'batch');
    await scene.deliver('job_2', 'batch');
    scene.pass(61_000);
    await scene.deliver('job_1', 'batch');
    await scene.end('job_1');
    const [attempt] = attemptsOf(await scene.finish('job_2'));
    for (let round = 0; round < 2; round += 1) await scene.keep();
    expect(scene.purse.reserved).toBe(0n);
    expect(usdOf(scene.purse.spent)).toBeCloseTo(2 * attempt!.costUsd, 4);
    expect(scene.purse.spent).toBeGreaterThan(picodollarsOf(attempt!.costUsd));
    expect(await scene.book.keys('')).toEqual([]);
  });

  it('keeps nothing of a job that was purged while others wait for the same batch', async () => {
    const scene = new BatchScene(simulator, model);
    await scene.deliver('job_1', 'batch');
    await scene.deliver('job_2', 'batch');
    scene.pass(61_000);
    await scene.deliver('job_1', 'batch');
    scene.purge('job_1');
    for (let round = 0; round < 2; round += 1) await scene.keep();
    expect((await scene.book.keys('')).filter((key) => key.startsWith('call.'))).toHaveLength(1);
    expect(scene.written.keys).toEqual([expect.stringContaining('job_2')]);
    expect(attemptsOf(await scene.finish('job_2'))).toMatchObject([{ service: 'batch', outcome: 'answered' }]);
  });

  it('asks by itself the one call that a batch was refused, and keeps the others', async () => {
    const scene = new BatchScene(simulator, model);
    await scene.deliver('job_1', 'batch');
    await scene.deliver('job_2', 'batch');
    scene.pass(61_000);
    simulator.script({ behaviour: { kind: 'refuse', as: 'overloaded' }, times: 1 });
    const ends = [await scene.finish('job_1'), await scene.finish('job_2')].map(attemptsOf);
    const [mended, others] = ends.sort((one, other) => other.length - one.length);
    expect(mended).toMatchObject([{ service: 'batch', outcome: 'overloaded', costUsd: 0 }, { outcome: 'answered' }]);
    expect(mended![1]).not.toHaveProperty('service');
    expect(others).toMatchObject([{ service: 'batch', outcome: 'answered' }]);
    expect(scene.purse.reserved).toBe(0n);
  });
});

/** A book for a worker that dies after the provider has its batch and before that is written down. */
const dyingOnceSubmitted = (book: BatchBook): BatchBook => ({
  find: (key) => book.find(key),
  remove: (key) => book.remove(key),
  keys: (prefix) => book.keys(prefix),
  write(key, value, revision) {
    if ((value as { submitted?: string }).submitted === undefined) return book.write(key, value, revision);
    throw new StageError('unavailable', 'The worker died.', { retryable: true });
  },
});
