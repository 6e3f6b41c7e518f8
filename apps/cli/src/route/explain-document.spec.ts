import { describe, expect, it } from '@jest/globals';
import { layOutPage } from '@waybill/document-layout';
import {
  buildRouteTable,
  learnPrior,
  shippedCatalog,
  shippedPolicy,
  type LearnedPrior,
  type RouteLimits,
  type RoutingRecord,
  type UsedPrior,
} from '@waybill/llm-routing';
import pc from 'picocolors';
import type { InspectedDocument } from '../inspect/inspection.js';
import { describeExplanation } from './describe-explanation.js';
import { explainDocument } from './explain-document.js';

const now = new Date('2026-11-21T12:00:00.000Z');
const table = buildRouteTable(shippedCatalog, shippedPolicy);

/** A page of these lines, read so surely. */
const documentOf = (lines: readonly string[], confidence: number): InspectedDocument => ({
  ...{ name: 'note.png', mediaType: 'image/png', sizeBytes: 1, kind: 'form', fields: [] },
  pages: [
    {
      ...{ status: 'read', number: 1, page: 1, times: {}, picture: { mediaType: 'image/jpeg', base64: '' } },
      layout: layOutPage({
        ...{ document: 0, page: 1, width: 1_000, height: 1_400, unit: 'px', dpi: 150, rotation: 0, skewDegrees: 0 },
        ...{ source: 'ocr', engine: { name: 'test', version: '1' }, languages: [], remarks: [] },
        words: lines.flatMap((line, row) =>
          line.split(' ').map((text, column) => ({
            ...{ text, confidence },
            box: [20 + column * 120, 20 + row * 40, 120 + column * 120, 44 + row * 40] as const,
          })),
        ),
      }),
    },
  ],
});
/** Engines are hard, gardens easy. */
function inventedPrior(): LearnedPrior {
  const topics = ['roses tulips hedges lawns', 'pistons torque clutch valves'].map((words) => words.split(' '));
  const records = Array.from({ length: 160 }, (_, index): RoutingRecord => {
    const [one, other] = [0, 1].map((step) => topics[index % 2]?.[(index + step) % 4]);
    const prompt = `How do ${one} and ${other} change the clutch in number ${index}?`;
    return { source: 'workshop', prompt, weak: index % 2 ? 0 : 1, strong: 1 };
  });
  return learnPrior({ weak: 'small', strong: 'large' }, records, 1).prior;
}
const lines = ['Delivery note of the depot', 'Weight: 412.50', 'Handed to the courier Okafor'];
const task = { kind: 'extract' as const, schema: { type: 'object', properties: { courier: { type: 'string' } } } };

describe('explainDocument', () => {
  it('weighs every model in every form, names the choice and says why the others are passed over', () => {
    const explained = explainDocument(documentOf(lines, 0.95), task, { table, now })!;
    const { decision, options, exclusions } = explained.route;
    expect(decision).toMatchObject({ kind: 'route', chosen: { card: { id: 'waybill/rules-1' } } });
    expect(new Set(options.map(({ form }) => form.name))).toEqual(new Set(['layout', 'page-low', 'page-high']));
    expect(new Set(options.map(({ card }) => card.tier))).toEqual(new Set([0, 1, 2, 3]));
    for (const { cost } of options) expect(cost.leastUsd).toBeLessThanOrEqual(cost.mostUsd);
    expect(exclusions.length).toBeGreaterThan(0);
    const text = describeExplanation(explained, shippedPolicy, pc.createColors(false));
    expect(text).toMatch(/waybill\/rules-1 +layout +free .* chosen/);
    expect(text).toMatch(/gpt-5\.5.* frontier /);
    expect(text).toContain('→ waybill/rules-1 as layout');
  });

  it('finds words less sound, the less surely they were read', () => {
    const soundness = (confidence: number) =>
      explainDocument(documentOf(lines, confidence), task, { table, now })!.request.forms[0]!.soundness;
    expect(soundness(0.4)).toBeLessThan(soundness(0.95));
  });

  it('takes a question for as hard as records have taught, and says so', () => {
    const asked = { kind: 'answer' as const, question: 'How do pistons and torque change the clutch in number 301?' };
    const explain = (prior?: UsedPrior) => explainDocument(documentOf(lines, 0.95), asked, { table, prior, now })!;
    const explained = explain({ prior: inventedPrior(), version: 'prior-1' });
    expect(explained.learned).toMatchObject({ version: 'prior-1', inDomain: true });
    expect(explained.request.difficulty).toBeGreaterThan(explain().request.difficulty);
    const text = describeExplanation(explained, shippedPolicy, pc.createColors(false));
    expect(text).toMatch(/prior-1 says 0\.\d\d: \d+ % of its words are known from "workshop"/);
  });

  it('shows the batch that patient work would go to, once the rules have answered what they can', () => {
    const explain = (limits: Partial<RouteLimits>) =>
      explainDocument(documentOf(lines, 0.95), task, {
        table: small,
        now,
        limits,
        batchProviders: new Set(['anthropic']),
      })!;
    const dayMs = 86_400_000;
    const askable = ['rules', 'anthropic'];
    const models = shippedCatalog.models.filter(({ provider }) => askable.includes(provider));
    const small = buildRouteTable({ ...shippedCatalog, models }, shippedPolicy);
    const patient = explain({ tier: 'standard', leftMs: 2 * dayMs });
    expect(patient.batch?.chosen.card.provider).toBe('anthropic');
    const text = describeExplanation(patient, shippedPolicy, pc.createColors(false));
    expect(text).toMatch(/→ models by the batch, in the lane batch: anthropic\/claude-haiku/);
    expect(explain({ tier: 'standard', leftMs: dayMs / 2 }).batch).toBeUndefined();
    expect(explain({ leftMs: 2 * dayMs }).batch).toBeUndefined();
  });

  it('shows the service at which patient work would be asked for, where no batch is taken', () => {
    const models = shippedCatalog.models.filter(({ provider }) => provider === 'rules' || provider === 'openai');
    const services = {
      ...shippedPolicy.services,
      flex: { ...shippedPolicy.services.flex, tiers: ['standard' as const] },
    };
    const openai = buildRouteTable({ ...shippedCatalog, models }, { ...shippedPolicy, services });
    const limits = { tier: 'standard' as const, leftMs: 86_400_000 };
    const servicesOf = () => ['flex' as const];
    const explained = explainDocument(documentOf(lines, 0.95), task, { table: openai, now, limits, servicesOf })!;
    expect(explained.served?.service).toBe('flex');
    const text = describeExplanation(explained, shippedPolicy, pc.createColors(false));
    expect(text).toMatch(/→ models at flex: openai\/gpt-5.4-mini/);
  });

  it('has nothing to explain where no model is asked', () => {
    expect(explainDocument(documentOf(lines, 0.9), { kind: 'read' }, { table, now })).toBeUndefined();
  });
});
