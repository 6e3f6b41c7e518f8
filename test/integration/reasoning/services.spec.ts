import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  parsePolicy,
  priceUsage,
  shippedCatalog,
  shippedPolicy,
  usdOf,
  type RoutingPolicyInput,
} from '@waybill/llm-routing';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import { attemptsOf, BatchScene } from './support/batch-scene.js';

let simulator: ModelSimulator;
beforeAll(async () => {
  simulator = await startModelSimulator();
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

/** A model of each provider that is asked for services, and what its answers call the usual one. */
const sellers = [
  { model: 'openai/gpt-5.4-mini-2026-03-17', usual: 'default' },
  { model: 'google/gemini-2.5-flash-lite', usual: 'standard' },
];
const hourMs = 3_600_000;
const patient = { tiers: ['standard' as const], fromLeftMs: hourMs };

function sceneWith(model: string, services: RoutingPolicyInput['services']): BatchScene {
  const batch = { ...shippedPolicy.batch, tiers: [] };
  return new BatchScene(simulator, model, parsePolicy({ ...shippedPolicy, batch, services }));
}
const askedAt = (): unknown[] => simulator.requests.map(({ call }) => call?.service);

describe.each(sellers)('$model', ({ model, usual }) => {
  const prices = shippedCatalog.models.find(({ id }) => id === model)!.prices!;

  describe('the flex service', () => {
    it('is asked for in the slow lane, and estimated, reserved and billed at its price', async () => {
      const scene = sceneWith(model, { flex: patient });
      await scene.deliver('job_1', 'free');
      expect(scene.recordsOf('job_1').moves).toEqual(['frontier']);
      const [attempt, ...others] = attemptsOf(await scene.finish('job_1', 'frontier'));
      expect(others).toEqual([]);
      expect(askedAt()).toEqual(['flex']);
      expect(attempt).toMatchObject({ model, service: 'flex', outcome: 'answered' });
      expect(attempt).not.toHaveProperty('askedService');
      expect(attempt!.costUsd).toBe(usdOf(priceUsage(prices, attempt!.usage!, 'flex')));
      expect(attempt!.estimate.cost.mostUsd).toBeGreaterThan(attempt!.costUsd);
      expect(usdOf(scene.purse.spent)).toBeCloseTo(attempt!.costUsd, 12);
      expect(scene.purse.reserved).toBe(0n);
    });

    it('is left for the usual one where it has no room, and neither model nor key rests', async () => {
      simulator.script({ behaviour: { kind: 'refuse', as: 'no-room' }, service: 'flex' });
      const scene = sceneWith(model, { flex: patient });
      for (const job of ['job_1', 'job_2']) {
        const attempts = attemptsOf(await scene.finish(job, 'frontier'));
        expect(attempts).toMatchObject([
          { model, service: 'flex', outcome: 'overloaded', costUsd: 0 },
          { model, outcome: 'answered' },
        ]);
        expect(attempts[1]).not.toHaveProperty('service');
        expect(attempts[1]!.costUsd).toBe(usdOf(priceUsage(prices, attempts[1]!.usage!, 'standard')));
      }
      expect(askedAt()).toEqual(['flex', undefined, 'flex', undefined]);
      expect(scene.purse.reserved).toBe(0n);
    });

    it('is waited for where the policy says so, as long as there is time', async () => {
      simulator.script({ behaviour: { kind: 'refuse', as: 'no-room' }, service: 'flex', times: 1 });
      const scene = sceneWith(model, { flex: { ...patient, refused: 'wait', retryMs: 60_000 } });
      expect(await scene.deliver('job_1', 'frontier')).toMatchObject({ kind: 'deferred' });
      expect(scene.purse.reserved).toBe(0n);
      scene.pass(61_000);
      expect(attemptsOf(await scene.finish('job_1', 'frontier')).at(-1)).toMatchObject({
        service: 'flex',
        outcome: 'answered',
      });
      expect(askedAt()).toEqual(['flex', 'flex']);
    });

    it('is waited for no longer than the policy leaves time for', async () => {
      simulator.script({ behaviour: { kind: 'refuse', as: 'no-room' }, service: 'flex' });
      const scene = sceneWith(model, {
        flex: { ...patient, fromLeftMs: 30 * hourMs, refused: 'wait', retryMs: 60_000 },
      });
      expect(attemptsOf(await scene.finish('job_1', 'frontier'))).toMatchObject([
        { service: 'flex', outcome: 'overloaded' },
        { outcome: 'answered' },
      ]);
    });
  });

  describe('the priority service', () => {
    const soon = { priority: { belowLeftMs: 31 * hourMs } };

    it('is asked for where the deadline is near, and billed at its price', async () => {
      const scene = sceneWith(model, soon);
      const [attempt] = attemptsOf(await scene.finish('job_1', 'standard'));
      expect(askedAt()).toEqual(['priority']);
      expect(attempt).toMatchObject({ model, service: 'priority', outcome: 'answered' });
      expect(attempt!.costUsd).toBe(usdOf(priceUsage(prices, attempt!.usage!, 'priority')));
    });

    it('is billed as the usual one where the provider says that it was', async () => {
      simulator.script({ behaviour: { kind: 'answer', service: usual }, service: 'priority' });
      const scene = sceneWith(model, soon);
      const [attempt] = attemptsOf(await scene.finish('job_1', 'standard'));
      expect(attempt).toMatchObject({ askedService: 'priority', outcome: 'answered' });
      expect(attempt).not.toHaveProperty('service');
      expect(attempt!.costUsd).toBe(usdOf(priceUsage(prices, attempt!.usage!, 'standard')));
      expect(usdOf(scene.purse.spent)).toBeCloseTo(attempt!.costUsd, 12);
    });
  });

  it('no other service is asked for as shipped', async () => {
    const scene = sceneWith(model, undefined);
    expect(attemptsOf(await scene.finish('job_1', 'standard'))).toMatchObject([{ model, outcome: 'answered' }]);
    expect(askedAt()).toEqual([undefined]);
  });
});
