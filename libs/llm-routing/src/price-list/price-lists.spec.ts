import { describe, expect, it } from '@jest/globals';
import { applyOverlay } from '../catalog/apply-overlay.js';
import { shippedCatalog } from '../catalog/shipped-catalog.js';
import { unfit, type RequestNeeds } from '../catalog/unfit.js';
import { comparePriceList } from './compare-price-list.js';
import { fromLitellm } from './from-litellm.js';
import { fromPortkey } from './from-portkey.js';
import { overlayOf } from './overlay-of.js';

const litellm = fromLitellm({
  sample_spec: { litellm_provider: 'one of the providers', mode: 'chat', input_cost_per_token: 0 },
  'gemini/gemini-2.5-flash-lite': {
    litellm_provider: 'gemini',
    mode: 'chat',
    input_cost_per_token: 1e-7,
    output_cost_per_token: 5e-7,
    input_cost_per_token_batches: 5e-8,
    output_cost_per_token_batches: 2e-7,
    supports_vision: true,
    supports_function_calling: true,
    max_input_tokens: 1_048_576,
  },
  'claude-haiku-4-5': {
    litellm_provider: 'anthropic',
    mode: 'chat',
    input_cost_per_token: 0.000001,
    output_cost_per_token: 0.000005,
    cache_read_input_token_cost: 1e-7,
    cache_creation_input_token_cost: 0.00000125,
  },
  'together_ai/some/model-8b': {
    litellm_provider: 'together_ai',
    mode: 'chat',
    input_cost_per_token: 1.8e-7,
    output_cost_per_token: 1.8e-7,
    input_cost_per_token_above_128k_tokens: 3.6e-7,
    output_cost_per_token_above_128k_tokens: 3.6e-7,
    supports_vision: true,
    deprecation_date: '2027-01-31',
  },
  'gemini/for-nothing': { litellm_provider: 'gemini', mode: 'chat', input_cost_per_token: 0, output_cost_per_token: 0 },
  'gemini/unpriced': { litellm_provider: 'gemini', mode: 'chat' },
  'text-embedding-3-small': { litellm_provider: 'openai', mode: 'embedding', input_cost_per_token: 2e-8 },
});

describe('fromLitellm', () => {
  it('reads prices, capabilities, limits and dates, without the sample and what is no language model', () => {
    expect(litellm.skipped).toBe(2);
    expect(litellm.models.map(({ card }) => card.id)).not.toContain('one-of-the-providers/sample_spec');
    expect(litellm.models.find(({ card }) => card.id === 'together/some/model-8b')?.card).toEqual({
      id: 'together/some/model-8b',
      provider: 'together',
      model: 'some/model-8b',
      prices: {
        kind: 'metered',
        usdPerMillion: {
          standard: {
            input: 0.18,
            output: 0.18,
            longContext: [{ aboveInputTokens: 128_000, input: 0.36, output: 0.36 }],
          },
        },
      },
      capabilities: { vision: true },
      limits: {},
      retiresOn: '2027-01-31',
    });
  });

  it('never takes no price, or a price of 0, for free', () => {
    const comparison = comparePriceList(shippedCatalog, litellm);
    expect(comparison.unpriced.map(({ card, remarks }) => [card.id, ...remarks])).toEqual([
      ['google/for-nothing', 'states a price of 0, which does not mean free'],
      ['google/unpriced', 'states no price for input and output'],
    ]);
  });

  it('refuses another form', () => {
    expect(() => fromLitellm([1, 2])).toThrow();
  });
});

describe('comparePriceList', () => {
  it('flags what disagrees with the catalog, through aliases too', () => {
    const { agreeing, disagreeing, added } = comparePriceList(shippedCatalog, litellm);
    expect(agreeing).toEqual(['anthropic/claude-haiku-4-5']);
    expect(disagreeing).toEqual([
      {
        id: 'google/gemini-2.5-flash-lite',
        differences: [{ fact: 'prices.usdPerMillion.standard.output', before: 0.4, after: 0.5 }],
      },
    ]);
    expect(added.map(({ card }) => card.id)).toEqual(['together/some/model-8b']);
  });
});

describe('fromPortkey', () => {
  it('reads cents a token, and leaves out what others inherit', () => {
    const list = fromPortkey(
      {
        default: { pricing_config: { pay_as_you_go: { request_token: { price: 0 }, response_token: { price: 0 } } } },
        'claude-haiku-4-5-20251001': {
          pricing_config: {
            pay_as_you_go: {
              request_token: { price: 0.0001 },
              response_token: { price: 0.0005 },
              cache_write_input_token: { price: 0.000125 },
              cache_read_input_token: { price: 0.00001 },
            },
            batch_config: { request_token: { price: 0.00005 }, response_token: { price: 0.00025 } },
          },
        },
      },
      'anthropic',
    );
    expect(list.skipped).toBe(1);
    expect(comparePriceList(shippedCatalog, list)).toMatchObject({
      agreeing: ['anthropic/claude-haiku-4-5-20251001'],
      disagreeing: [],
    });
  });
});

describe('overlayOf', () => {
  it('makes cards that nobody is sent to before somebody says what they suit', () => {
    const { added } = comparePriceList(shippedCatalog, litellm);
    const catalog = applyOverlay(
      shippedCatalog,
      overlayOf(shippedCatalog, added, { at: 'a list', asOf: '2026-11-21' }),
    );
    const card = catalog.models.find(({ id }) => id === 'together/some/model-8b')!;
    expect(card).toMatchObject({ tier: 1, tasks: [], sources: [{ at: 'a list', asOf: '2026-11-21' }] });
    const needs: RequestNeeds = {
      ...{ task: 'chat', day: '2026-11-21', capabilities: [], inputTokens: 1, outputTokens: 1 },
      ...{ images: 0, largestImageBytes: 0, requestBytes: 1, imageMediaTypes: [] },
    };
    expect(unfit(card, needs)).toContain('is not meant for the task "chat"');
  });
});
