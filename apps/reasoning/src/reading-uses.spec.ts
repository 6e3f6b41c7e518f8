import { describe, expect, it } from '@jest/globals';
import type { ModelUse, PageRead } from '@waybill/contracts';
import { readingUses } from './reading-uses.js';

const pageWith = (use?: Partial<ModelUse>): PageRead =>
  ({ ...(use ? { use: { model: 'a/b', tier: 1, costUsd: 0.1, durationMs: 10, ...use } } : {}) }) as PageRead;

describe('readingUses', () => {
  it('is empty for pages that cost nothing', () => {
    expect(readingUses([pageWith(), pageWith()])).toEqual([]);
  });

  it('adds pages up by engine, exactly', () => {
    expect(readingUses([pageWith({}), pageWith({}), pageWith({}), pageWith(), pageWith({ model: 'c/d' })])).toEqual([
      { model: 'a/b', purpose: 'read', tier: 1, costUsd: 0.3, durationMs: 30 },
      { model: 'c/d', purpose: 'read', tier: 1, costUsd: 0.1, durationMs: 10 },
    ]);
  });
});
