import { describe, expect, it } from '@jest/globals';
import { parseCatalog } from '../catalog/catalog.js';
import { parsePolicy, type RoutingPolicyInput } from '../policy/routing-policy.js';
import { shippedPolicy } from '../policy/shipped-policy.js';
import { decideRoute } from './decide-route.js';
import { preferService } from './prefer-service.js';
import type { RouteLimits, RouteRequest } from './route-request.js';
import { buildRouteTable } from './route-table.js';

const hourMs = 3_600_000;
const few = { least: 80, expected: 100, most: 120 };

const card = (provider: string, id: string, usd: Readonly<Record<string, number>>) => ({
  ...{ id: `${provider}/${id}`, provider, model: id, tier: 2, tasks: ['extract'] },
  prices: {
    kind: 'metered',
    usdPerMillion: Object.fromEntries(
      Object.entries(usd).map(([level, each]) => [level, { input: each, output: each }]),
    ),
  },
  ...{ capabilities: {}, limits: { contextTokens: 100_000, maxOutputTokens: 8_000 } },
});
const retention = { keptDays: 30, usedForTraining: false, zeroRetention: 'no' };
const catalog = parseCatalog({
  providers: ['seller', 'other'].map((id) => ({ id, title: id, regions: ['eu'], retention })),
  models: [
    card('seller', 'both', { standard: 10, flex: 5, priority: 20 }),
    card('seller', 'usual', { standard: 11 }),
    card('other', 'cheap', { standard: 6, flex: 3, priority: 12 }),
  ],
});

const services: RoutingPolicyInput['services'] = {
  flex: { tiers: ['cheap', 'standard'], fromLeftMs: hourMs },
  priority: { belowLeftMs: hourMs / 2 },
};
const policy = parsePolicy({ ...shippedPolicy, services });

function prefer(limits: Partial<RouteLimits>, held = policy) {
  const table = buildRouteTable(catalog, held);
  const request: RouteRequest = {
    ...{ task: 'extract', documentKind: 'receipt', difficulty: 0.1, output: few, capabilities: [] },
    forms: [{ name: 'layout', text: few, pictures: [], detail: 'high', soundness: 1 }],
    ...{ level: 'standard', now: new Date('2026-11-22T12:00:00Z'), limits: { leftMs: 2 * hourMs, ...limits } },
  };
  const usual = decideRoute(table, request);
  const sells = (provider: string): boolean => provider === 'seller';
  const served = preferService(table, { usual, request, tier: request.limits.tier, sells }, new Map());
  return served && `${served.decision.chosen.card.id} at ${served.request.level}`;
}

describe('preferService', () => {
  it('takes flex where the job cares for cost and has time, of who sells it, if that is cheaper', () => {
    expect(prefer({ tier: 'standard' })).toBe('seller/both at flex');
    expect(prefer({ tier: 'standard', only: ['seller/usual'] })).toBeUndefined();
    expect(prefer({ tier: 'standard', leftMs: hourMs - 1 })).toBeUndefined();
    expect(prefer({ tier: 'frontier' })).toBeUndefined();
    expect(prefer({})).toBeUndefined();
  });

  it('stays with the usual service where that costs less', () => {
    const dear = parsePolicy({ ...policy, deny: ['seller/both'] });
    expect(prefer({ tier: 'standard' }, dear)).toBeUndefined();
  });

  it('asks whoever was chosen at priority where time is short and the money is there', () => {
    const leftMs = hourMs / 2 - 1;
    const only = ['seller/both'];
    expect(prefer({ leftMs, only })).toBe('seller/both at priority');
    expect(prefer({ leftMs, only, leftUsd: 0.003 })).toBeUndefined();
    expect(prefer({ leftMs, only: ['seller/usual'] })).toBeUndefined();
    expect(prefer({ leftMs })).toBeUndefined();
  });

  it('is asked for neither as shipped', () => {
    expect(prefer({ tier: 'standard', leftMs: 90 * hourMs }, shippedPolicy)).toBeUndefined();
    expect(prefer({ leftMs: 60_000, only: ['seller/both'] }, shippedPolicy)).toBeUndefined();
  });
});
