import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCatalog, type Catalog } from '../catalog/catalog.js';
import { shippedCatalog } from '../catalog/shipped-catalog.js';
import { shippedPolicy } from '../policy/shipped-policy.js';
import { decideRoute, exclusionsOf } from './decide-route.js';
import { cellKey, type InputForm, type RouteKnowledge, type RouteRequest } from './route-request.js';
import { buildRouteTable } from './route-table.js';

const tokens = (expected: number) => ({
  least: Math.floor(expected * 0.8),
  expected,
  most: Math.ceil(expected * 1.25),
});
const layout: InputForm = { name: 'layout', text: tokens(800), pictures: [], detail: 'high', soundness: 0.95 };
const picture = { widthPx: 1_240, heightPx: 1_754, bytes: 400_000, mediaType: 'image/png' };
const pageHigh: InputForm = { name: 'page-high', text: tokens(300), pictures: [picture], detail: 'high', soundness: 1 };

const request = (more: Partial<RouteRequest> = {}): RouteRequest => ({
  task: 'extract',
  documentKind: 'receipt',
  difficulty: 0.2,
  forms: [layout, pageHigh],
  output: tokens(200),
  capabilities: ['strictJsonSchema'],
  level: 'standard',
  now: new Date('2026-11-21T12:00:00Z'),
  limits: { leftMs: 3_600_000 },
  ...more,
});

const card = (id: string, tier: number, usdPerMillion: number, more: object = {}) => ({
  id: `x/${id}`,
  provider: 'x',
  model: id,
  tier,
  tasks: ['extract'],
  prices: { kind: 'metered', usdPerMillion: { standard: { input: usdPerMillion, output: usdPerMillion } } },
  capabilities: { vision: true, strictJsonSchema: true },
  limits: {
    contextTokens: 100_000,
    maxOutputTokens: 8_000,
    maxImages: 10,
    maxRequestBytes: 20_000_000,
    imageMediaTypes: ['image/png'],
  },
  imageRule: { rule: 'openai-tiles', baseTokens: 85, tileTokens: 170 },
  ...more,
});
const retention = { keptDays: 30, usedForTraining: false, zeroRetention: 'no' };
const catalogOf = (...models: object[]): Catalog =>
  parseCatalog({ providers: [{ id: 'x', title: 'X', regions: ['eu'], retention }], models });
const tableOf = (...models: object[]) => buildRouteTable(catalogOf(...models), shippedPolicy);
const chosenId = (decision: ReturnType<typeof decideRoute>) =>
  decision.kind === 'route' ? `${decision.chosen.card.id} ${decision.chosen.form.name}` : decision.kind;

describe('decideRoute', () => {
  const shipped = buildRouteTable(shippedCatalog, shippedPolicy);

  it('asks the rules first, and would go up from there', () => {
    const decision = decideRoute(shipped, request());
    expect(chosenId(decision)).toBe('waybill/rules-1 layout');
    if (decision.kind !== 'route') throw new Error();
    const qualities = [decision.chosen, ...decision.next].map(({ quality }) => quality);
    expect(Math.max(...qualities.slice(1))).toBeGreaterThan(qualities[0] ?? 1);
    expect(new Set(decision.next.map(({ card: { id } }) => id)).size).toBe(decision.next.length);
    expect(decision.next.every(({ card: { tier } }) => tier > 0)).toBe(true);
  });

  it.each([
    ['azure', 'azure/gpt-5-nano layout', 'azure/gpt-5-nano page-high'],
    ['mistral', 'mistral/ministral-8b-2512 layout', 'mistral/ministral-8b-2512 page-high'],
    ['qwen', 'qwen/qwen-flash-2025-07-28 layout', 'qwen/qwen3-vl-flash-2026-01-22 page-high'],
    ['xai', 'xai/grok-4.20-0309-non-reasoning layout', 'xai/grok-4.20-0309-non-reasoning page-high'],
    ['groq', 'groq/openai/gpt-oss-20b layout', 'none'],
    ['together', 'together/google/gemma-4-31B-it layout', 'none'],
    ['fireworks', 'fireworks/gpt-oss-20b layout', 'none'],
  ])('sends words, and pages where it is known how they count, to whoever %s has', (provider, words, pages) => {
    const models = shippedCatalog.models.filter((each) => each.provider === provider);
    const table = buildRouteTable({ ...shippedCatalog, models }, shippedPolicy);
    const limits = { leftMs: 1e6, sensitivity: 'public' as const };
    const asked = request({ capabilities: [], limits });
    expect(chosenId(decideRoute(table, { ...asked, forms: [layout] }))).toBe(words);
    expect(chosenId(decideRoute(table, { ...asked, forms: [pageHigh] }))).toBe(pages);
  });

  it('asks nobody who promises nothing about what it keeps, unless the work is public', () => {
    const models = shippedCatalog.models.filter(({ provider }) => ['deepseek', 'qwen', 'together'].includes(provider));
    const table = buildRouteTable({ ...shippedCatalog, models }, shippedPolicy);
    expect(decideRoute(table, request({ capabilities: [] })).kind).toBe('none');
  });

  it('sends text where reading was sound, and the picture where it was not', () => {
    const table = tableOf(card('mid', 2, 1));
    expect(chosenId(decideRoute(table, request()))).toBe('x/mid layout');
    const unsound = { ...layout, soundness: 0.3 };
    const decision = decideRoute(
      table,
      request({ forms: [unsound, pageHigh], limits: { leftMs: 1e6, qualityFloor: 0.8 } }),
    );
    expect(chosenId(decision)).toBe('x/mid page-high');
  });

  it('takes the cheapest way to an accepted answer, not the cheapest call', () => {
    const forms = [layout];
    const table = tableOf(card('cheap', 1, 1), card('good', 3, 1.2));
    expect(chosenId(decideRoute(table, request({ forms, difficulty: 0.9 })))).toBe('x/good layout');
    expect(chosenId(decideRoute(table, request({ forms, difficulty: 0.1 })))).toBe('x/cheap layout');
  });

  it('believes what was verified more than the prior', () => {
    const table = tableOf(card('cheap', 1, 1), card('good', 3, 5));
    const outcomes = new Map([[cellKey('extract', 'receipt', 'easy'), { accepted: 10, refused: 500 }]]);
    const knowledge: RouteKnowledge = new Map([['x/cheap', { outcomes }]]);
    const limits = { leftMs: 1e6, qualityFloor: 0.5 };
    expect(chosenId(decideRoute(table, request({ limits })))).toBe('x/cheap layout');
    expect(chosenId(decideRoute(table, request({ limits }), knowledge))).toBe('x/good layout');
    expect(chosenId(decideRoute(table, request({ limits, difficulty: 0.5 }), knowledge))).toBe('x/cheap layout');
  });

  it.each<[string, Partial<RouteRequest['limits']>, string, RegExp]>([
    ['regions', { regions: ['us'] }, 'region', /may process in eu, and the job allows us/],
    ['sensitivity', { sensitivity: 'restricted' }, 'sensitivity', /promises less than/],
    ['tier', { tier: 'cheap' }, 'tier', /is of tier 2, and the job allows at most "cheap"/],
    ['money', { leftUsd: 0.0001 }, 'budget', /may cost 0\.\d+ USD, and the job has 0.0001 USD left/],
    ['time', { leftMs: 50 }, 'latency', /the job has 50 ms left/],
    ['quality', { qualityFloor: 0.99 }, 'quality', /below the floor of 99 %/],
    ['models asked already', { exclude: ['x/mid'] }, 'asked', /was asked already/],
    ['another model by name', { only: ['x/other'] }, 'list', /not among the models/],
  ])('passes over what the job’s %s forbid, with the reason', (_name, more, code, sentence) => {
    const table = tableOf(card('mid', 2, 1));
    const asked = request({ limits: { leftMs: 1e6, ...more } });
    expect(decideRoute(table, asked).kind).toBe('none');
    const found = exclusionsOf(table, asked).find((exclusion) => exclusion.code === code);
    expect(found?.reason).toMatch(sentence);
  });

  it('never takes what is unknown: price, region, promise, capability, image rule', () => {
    const plain = card('mid', 2, 1);
    const unknown = [
      card('no-price', 2, 1, { prices: undefined }),
      card('no-capability', 2, 1, { capabilities: {} }),
      card('no-limits', 2, 1, { limits: {} }),
    ];
    expect(decideRoute(tableOf(...unknown), request()).kind).toBe('none');
    const noRule = card('no-rule', 2, 1, { imageRule: undefined });
    expect(decideRoute(tableOf(noRule), request({ forms: [pageHigh] })).kind).toBe('none');
    const silent = parseCatalog({ providers: [{ id: 'x', title: 'X' }], models: [plain] });
    const table = buildRouteTable(silent, shippedPolicy);
    expect(decideRoute(table, request({ limits: { leftMs: 1e6, regions: ['eu'] } })).kind).toBe('none');
    expect(decideRoute(table, request({ limits: { leftMs: 1e6, sensitivity: 'confidential' } })).kind).toBe('none');
  });

  it('asks nobody over a hop that stands where the job does not allow it', () => {
    const hops = [
      { name: 'document store', regions: ['eu-central-1'] },
      { name: 'moderation', regions: ['us'] },
    ];
    const asked = request({ limits: { leftMs: 1e6, regions: ['eu'] } });
    const models = catalogOf(card('cheap', 1, 1));
    const table = buildRouteTable(models, { ...shippedPolicy, hops });
    expect(decideRoute(table, asked).kind).toBe('none');
    expect(exclusionsOf(table, asked).map(({ code, reason }) => `${code}: ${reason}`)).toEqual([
      'hop: would be asked over the moderation in us, and the job allows eu',
    ]);
    expect(decideRoute(buildRouteTable(models, { ...shippedPolicy, hops: hops.slice(0, 1) }), asked).kind).toBe(
      'route',
    );
    expect(decideRoute(table, request()).kind).toBe('route');
  });

  it('expects of a warm cache what it saves, and reserves as if there were none', () => {
    const sheet = (cacheRead?: number) => ({
      prices: {
        kind: 'metered',
        usdPerMillion: { standard: { input: 2, output: 2, ...(cacheRead && { cacheRead }) } },
      },
    });
    const table = tableOf(card('plain', 1, 2, sheet()), card('caching', 1, 2, sheet(0.2)));
    const asked = (known: RouteKnowledge) => {
      const decision = decideRoute(table, request({ forms: [layout] }), known);
      if (decision.kind !== 'route') throw new Error(decision.kind);
      return decision.chosen;
    };
    const [cold, warm] = [
      asked(new Map()),
      asked(new Map(['x/plain', 'x/caching'].map((id) => [id, { cachedShare: 0.5 }]))),
    ];
    expect(warm.card.id).toBe('x/caching');
    expect(warm.cost.expectedUsd).toBeCloseTo((400 * 2 + 400 * 0.2 + 200 * 2) / 1e6, 12);
    expect(warm.cost.mostUsd).toBe(cold.cost.mostUsd);
  });

  it('holds a picture that is made smaller against limits and prices as it is sent, and any other as it is', () => {
    const limits = { ...card('claude', 1, 1).limits, maxImageBytes: 5_000_000 };
    const imageRule = { rule: 'claude-patches', maxEdgePx: 1_568, maxTokens: 1_568 };
    const gemini = { rule: 'gemini-tiles', smallEdgePx: 384, tilePx: 768, tokensPerTile: 258 };
    const photo = { widthPx: 4_032, heightPx: 3_024, bytes: 8_000_000, mediaType: 'image/png' };
    const table = tableOf(card('claude', 1, 1, { limits, imageRule }), card('gemini', 1, 2, { imageRule: gemini }));
    const asked = (more: Partial<InputForm>) =>
      decideRoute(table, request({ forms: [{ ...pageHigh, pictures: [photo], ...more }] }));
    const [plain, shrunk] = [asked({}), asked({ shrink: { aboveBytes: 200_000 } })];
    expect([plain, shrunk].map(chosenId)).toEqual(['x/gemini page-high', 'x/claude page-high']);
    const imagesOf = (decision: typeof plain, id: string) =>
      decision.kind === 'route' &&
      [decision.chosen, ...decision.next].find((each) => each.card.id === id)?.imageTokens.expected;
    expect(imagesOf(plain, 'x/gemini')).toBe(6 * 4 * 258);
    const only = asked({ shrink: { aboveBytes: 200_000 }, soundness: 1 });
    expect(imagesOf(only, 'x/claude')).toBeLessThanOrEqual(1_568);
  });

  it('waits for what is cooling down when nothing else is left and there is time', () => {
    const table = tableOf(card('mid', 2, 1), card('big', 3, 5));
    const until = new Date('2026-11-21T12:10:00Z');
    const cooling = { until, reason: 'is rate limited' };
    const resting = (...models: string[]): RouteKnowledge => new Map(models.map((model) => [model, { cooling }]));
    expect(chosenId(decideRoute(table, request(), resting('x/mid')))).toBe('x/big layout');
    const both = resting('x/mid', 'x/big');
    expect(decideRoute(table, request(), both)).toMatchObject({ kind: 'wait', until, reason: 'is rate limited' });
    expect(decideRoute(table, request({ limits: { leftMs: 60_000 } }), both).kind).toBe('none');
  });

  it('keeps every promise, whatever the catalog and the job', () => {
    const anyModel = fc.record({ tier: fc.integer({ min: 1, max: 3 }), price: fc.integer({ min: 1, max: 100 }) });
    const anyLimits = fc.record({
      leftUsd: fc.double({ min: 0, max: 0.1, noNaN: true }),
      leftMs: fc.integer({ min: 0, max: 100_000 }),
      qualityFloor: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(anyModel, { maxLength: 12 }),
        anyLimits,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (models, limits, difficulty) => {
          const table = tableOf(
            card('first', 1, 3),
            ...models.map(({ tier, price }, index) => card(`m${index}`, tier, price)),
          );
          const asked = request({ limits, difficulty });
          const decision = decideRoute(table, asked);
          const excluded = new Set(exclusionsOf(table, asked).map(({ model, form }) => `${model} ${form ?? ''}`));
          if (decision.kind !== 'route') {
            expect(decision.kind).toBe('none');
            expect(excluded.size).toBe(2 * (models.length + 1));
            return;
          }
          let last = decision.chosen;
          for (const candidate of [decision.chosen, ...decision.next]) {
            expect(excluded.has(`${candidate.card.id} ${candidate.form.name}`)).toBe(false);
            expect(candidate.cost.mostUsd).toBeLessThanOrEqual(limits.leftUsd);
            expect(candidate.latencyMs).toBeLessThanOrEqual(limits.leftMs);
            expect(candidate.quality).toBeGreaterThanOrEqual(limits.qualityFloor);
            expect(candidate.cost.leastUsd).toBeLessThanOrEqual(candidate.cost.expectedUsd);
            expect(candidate.cost.expectedUsd).toBeLessThanOrEqual(candidate.cost.mostUsd);
            expect(candidate.expectedCostUsd).toBeGreaterThanOrEqual(last.expectedCostUsd);
            last = candidate;
          }
        },
      ),
    );
  });
});
