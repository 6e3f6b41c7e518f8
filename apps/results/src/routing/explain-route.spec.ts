import { describe, expect, it } from '@jest/globals';
import { routeExplanationSchema, routeQuestionSchema, type RouteExplanation } from '@waybill/contracts';
import { buildRouteTable, shippedCatalog, shippedPolicy } from '@waybill/llm-routing';
import { explainRoute } from './explain-route.js';

const table = buildRouteTable(shippedCatalog, shippedPolicy);
const now = new Date('2026-05-04T12:00:00.000Z');
const explain = (question: object): RouteExplanation =>
  routeExplanationSchema.parse(explainRoute(table, routeQuestionSchema.parse(question), now));

describe('what if', () => {
  it('goes to rules where only free models may be asked', () => {
    const { chosen, exclusions } = explain({ task: 'extract', routing: { tier: 'free' } });
    expect(chosen).toMatchObject({ form: 'layout', mostUsd: 0 });
    expect(exclusions.length).toBeGreaterThan(0);
  });

  it('costs more the more pages there are, and tells every step up', () => {
    const [few, many] = [1, 50].map((pages) => explain({ task: 'answer', pages }));
    expect(few?.chosen?.expectedUsd).toBeLessThan(many?.chosen?.expectedUsd ?? 0);
    const qualities = [few?.chosen, ...(few?.next ?? [])].map((candidate) => candidate?.quality ?? 0);
    expect(qualities.slice(1).every((quality) => quality > (qualities[0] ?? 1))).toBe(true);
  });

  it('has nobody to ask where there is neither a word nor a picture', () => {
    const { kind, chosen } = explain({ task: 'answer', wordsPerPage: 0, pictures: 'none' });
    expect([kind, chosen]).toEqual(['none', undefined]);
  });

  it('says why a model is none for confidential work', () => {
    const { exclusions } = explain({ task: 'answer', routing: { sensitivity: 'restricted' } });
    expect(exclusions.some(({ code, reason }) => code === 'sensitivity' && reason.length > 10)).toBe(true);
  });
});
