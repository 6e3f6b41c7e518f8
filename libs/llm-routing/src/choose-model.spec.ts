import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shippedCatalog } from './catalog/shipped-catalog.js';
import { chooseModel, modelsAtNoCost, noModelSentence, type DocumentModel } from './choose-model.js';

const entry = (id: string, facts: Partial<DocumentModel> = {}): DocumentModel => ({
  id,
  provider: 'somebody',
  model: id,
  tier: 1,
  tasks: ['extract'],
  costUsdPerDocument: 0.01,
  ...facts,
});
const wish = { task: 'extract', routing: {}, spentUsd: 0 } as const;

describe('chooseModel', () => {
  it('takes the rules for extraction, at no cost, whatever the job allows', () => {
    const choice = chooseModel(modelsAtNoCost(shippedCatalog), { ...wish, routing: { tier: 'free', maxCostUsd: 0 } });
    expect(choice.model).toMatchObject({ id: 'waybill/rules-1', tier: 0, costUsdPerDocument: 0 });
  });

  it('takes the cheapest, and says why the others were passed over', () => {
    const choice = chooseModel([entry('a/dear', { costUsdPerDocument: 1 }), entry('a/cheap')], wish);
    expect(choice.model?.id).toBe('a/cheap');
    expect(choice.passedOver).toEqual([{ model: 'a/dear', reason: 'a cheaper model can do it' }]);
  });

  it.each([
    [{ routing: { tier: 'free' as const } }, 'is of tier 1, and the job allows at most "free" (0)'],
    [{ routing: { maxCostUsd: 0.015 }, spentUsd: 0.01 }, 'costs 0.01 USD, and the job has 0.005 USD left'],
    [{ task: 'read' as const }, 'does not do the task "read"'],
  ])('passes over what the job does not allow: %j', (more, reason) => {
    const choice = chooseModel([entry('a/b')], { ...wish, ...more });
    expect(choice).toEqual({ model: undefined, passedOver: [{ model: 'a/b', reason }] });
    expect(noModelSentence('extract', choice)).toContain(`a/b ${reason}`);
  });

  it('never exceeds what the job allows, and decides about every model', () => {
    const entries = fc.uniqueArray(
      fc.record({ cost: fc.integer({ min: 0, max: 100 }), tier: fc.integer({ min: 0, max: 3 }), id: fc.nat(999) }),
      { minLength: 1, maxLength: 8, selector: ({ id }) => id },
    );
    const budget = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(entries, budget, budget, (models, spentUsd, maxCostUsd) => {
        const offered = models.map(({ id, tier, cost }) => entry(`a/${id}`, { tier, costUsdPerDocument: cost }));
        const choice = chooseModel(offered, { task: 'extract', routing: { tier: 'standard', maxCostUsd }, spentUsd });
        expect(choice.passedOver.length + (choice.model ? 1 : 0)).toBe(models.length);
        if (!choice.model) return;
        expect(choice.model.tier).toBeLessThanOrEqual(2);
        expect(choice.model.costUsdPerDocument + spentUsd).toBeLessThanOrEqual(maxCostUsd);
      }),
    );
  });
});
