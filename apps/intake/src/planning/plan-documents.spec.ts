import { tenantSchema, type AcceptedDocument } from '@waybill/contracts';
import { describe, expect, it } from '@jest/globals';
import type { DocumentPlan, PlanDocument } from './plan-document.js';
import { PlanDocuments } from './plan-documents.js';

const tenant = tenantSchema.parse('default');
const run = { signal: new AbortController().signal, isLastAttempt: false };
const accepted = (name: string): AcceptedDocument => ({
  blob: { bucket: 'b', key: name, sizeBytes: 1, sha256: 'a'.repeat(64) },
  name,
});

/** Documents that hold others, by name. */
type Holdings = Readonly<Record<string, readonly string[]>>;

const planAll = (holdings: Holdings, names: readonly string[], limits: { most?: number; deepest?: number } = {}) => {
  const planDocument = {
    plan: (_tenant: unknown, { name = '' }: AcceptedDocument, index: number): Promise<DocumentPlan> =>
      Promise.resolve({
        planned: { document: index, name, mediaType: 'message/rfc822', sizeBytes: 1, pages: 1 },
        enclosed: (holdings[name] ?? []).map(accepted),
      }),
  } as unknown as PlanDocument;
  const settings = { WAYBILL_MAX_ATTACHMENTS: limits.most ?? 10, WAYBILL_MAX_MAIL_DEPTH: limits.deepest ?? 3 };
  return new PlanDocuments(planDocument, settings).planAll(tenant, names.map(accepted), run);
};
const shown = (plans: readonly DocumentPlan[]) =>
  plans.map(({ planned: { document, name, within, failure } }) => [document, name, within, failure?.code]);

describe('PlanDocuments', () => {
  it('puts what it finds after what was submitted, level by level', async () => {
    const plans = await planAll({ a: ['a1', 'a2'], b: ['b1'], a1: ['a11'] }, ['a', 'b']);
    expect(shown(plans)).toEqual([
      [0, 'a', undefined, undefined],
      [1, 'b', undefined, undefined],
      [2, 'a1', 0, undefined],
      [3, 'a2', 0, undefined],
      [4, 'b1', 1, undefined],
      [5, 'a11', 2, undefined],
    ]);
  });

  it('refuses what lies too deep, and goes on with the rest', async () => {
    const plans = await planAll({ a: ['a1'], a1: ['a2'], a2: ['a3'] }, ['a', 'b'], { deepest: 2 });
    expect(shown(plans)).toEqual([
      [0, 'a', undefined, undefined],
      [1, 'b', undefined, undefined],
      [2, 'a1', 0, undefined],
      [3, 'a2', 2, 'too-large'],
    ]);
    expect(plans[3]?.planned.failure?.message).toContain('WAYBILL_MAX_MAIL_DEPTH');
  });

  it('counts what one submitted document holds over all levels', async () => {
    const plans = await planAll({ a: ['a1', 'a2'], a1: ['x', 'y'], b: ['b1', 'b2', 'b3'] }, ['a', 'b'], { most: 3 });
    expect(plans.map(({ planned }) => planned.failure?.message.includes('WAYBILL_MAX_ATTACHMENTS') ?? false)).toEqual([
      false,
      false,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
