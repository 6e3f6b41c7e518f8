import { describe, expect, it } from '@jest/globals';
import { streams } from '@waybill/contracts';
import { backupOrder, mustBeIdle } from './backup-order.js';

const names = [
  ...Object.values(streams).map(({ name }) => name),
  'KV_waybill-attempts',
  'KV_waybill-paid-answers',
  'KV_waybill-route-state',
  'KV_waybill-readings',
  'KV_waybill-blobs',
  'OBJ_waybill-documents-acme',
  'ORDERS',
];

describe('the order of a backup', () => {
  const { held, stores } = backupOrder(names);
  const isBefore = (one: string, other: string): boolean => held.indexOf(one) < held.indexOf(other);

  it('takes every queue before what its handlers write', () => {
    expect(isBefore('WAYBILL_SUBMISSIONS', 'WAYBILL_EVENTS')).toBe(true);
    expect(isBefore('WAYBILL_PAGES', 'WAYBILL_REASONING')).toBe(true);
    expect(isBefore('WAYBILL_REASONING', 'KV_waybill-paid-answers')).toBe(true);
    expect(isBefore('WAYBILL_REASONING', 'WAYBILL_DEAD_LETTERS')).toBe(true);
    expect(isBefore('WAYBILL_EVENTS', 'WAYBILL_WEBHOOKS')).toBe(true);
  });
  it('takes every stream of the contracts, and the stores after the events', () => {
    for (const { name } of Object.values(streams)) expect(held).toContain(name);
    expect(stores).toEqual(['KV_waybill-blobs', 'OBJ_waybill-documents-acme']);
  });
  it('leaves out caches, what workers learn, and what is not ours', () => {
    for (const name of ['KV_waybill-readings', 'KV_waybill-route-state', 'ORDERS']) {
      expect([...held, ...stores]).not.toContain(name);
    }
  });
  it('waits for planning, which writes to a queue that is taken before the events', () => {
    expect(mustBeIdle('intake-plan')).toBe(true);
    expect(mustBeIdle('reasoning-frontier')).toBe(false);
  });
});
