/**
 * Decisions a second and latency of the router, at 30, 300 and 3,000 models that all could be asked.
 *
 *   npm run bench:route -- [--decisions 2000] [--rounds 5] [--json FILE]
 *
 * Models are drawn with a seed: prices, tiers, regions, image rules, and a tenth of them resting. Each decision is about
 * another piece of work: text, or a page at two details, of another difficulty, with another limit.
 */
import {
  buildRouteTable,
  cellKey,
  decideRoute,
  parseCatalog,
  shippedPolicy,
} from '../../dist/libs/llm-routing/src/index.js';
import { SeededRandom } from '../../dist/libs/samples/src/seeded-random.js';
import { keepFigures, median, percentile, printTable, readOptions } from './report.mjs';

const options = readOptions({
  decisions: { type: 'string', default: '2000' },
  rounds: { type: 'string', default: '5' },
});
const decisions = Number(options.decisions);
const rounds = Number(options.rounds);

const rules = [
  { rule: 'openai-tiles', baseTokens: 85, tileTokens: 170 },
  { rule: 'openai-patches', multiplier: 1.2, maxPatches: 2_500 },
  { rule: 'claude-patches', maxEdgePx: 1_568, maxTokens: 1_568 },
  { rule: 'gemini-tiles', smallEdgePx: 384, tilePx: 768, tokensPerTile: 258 },
];

function drawCatalog(count, random) {
  const models = Array.from({ length: count }, (_, index) => {
    const input = random.whole(1, 300) / 20;
    return {
      id: `p${index % 12}/model-${index}`,
      provider: `p${index % 12}`,
      model: `model-${index}`,
      tier: 1 + (index % 3),
      tasks: ['extract', 'answer'],
      prices: { kind: 'metered', usdPerMillion: { standard: { input, output: 4 * input } } },
      capabilities: { vision: index % 4 !== 0, strictJsonSchema: true },
      limits: {
        contextTokens: 128_000,
        maxOutputTokens: 16_000,
        maxImages: 20,
        maxRequestBytes: 20_000_000,
        imageMediaTypes: ['image/png', 'image/jpeg'],
      },
      imageRule: rules[index % rules.length],
    };
  });
  const providers = Array.from({ length: 12 }, (_, index) => ({
    id: `p${index}`,
    title: `Provider ${index}`,
    regions: [index % 2 === 0 ? 'eu' : 'us'],
    retention: { keptDays: 30, usedForTraining: index % 5 === 0, zeroRetention: 'no' },
  }));
  return parseCatalog({ providers, models });
}

const tokens = (expected) => ({ least: Math.floor(0.8 * expected), expected, most: Math.ceil(1.3 * expected) });

function drawRequest(random) {
  const picture = {
    widthPx: random.whole(600, 2_500),
    heightPx: random.whole(800, 3_500),
    bytes: 500_000,
    mediaType: 'image/png',
  };
  const words = tokens(random.whole(200, 3_000));
  const soundness = random.whole(50, 100) / 100;
  return {
    task: 'extract',
    documentKind: ['receipt', 'invoice', 'form'][random.whole(0, 2)],
    difficulty: random.whole(0, 100) / 100,
    forms: [
      { name: 'layout', text: words, pictures: [], detail: 'high', soundness },
      { name: 'page-low', text: tokens(300), pictures: [picture], detail: 'low', soundness: 0.8 },
      { name: 'page-high', text: tokens(300), pictures: [picture], detail: 'high', soundness: 1 },
    ],
    output: tokens(random.whole(50, 800)),
    capabilities: ['strictJsonSchema'],
    level: 'standard',
    now: new Date(),
    limits: { leftMs: 600_000, leftUsd: random.whole(1, 200) / 1_000, qualityFloor: 0.6 },
  };
}

const until = new Date(Date.now() + 3_600_000);
const outcomes = new Map(
  ['receipt', 'invoice', 'form'].map((kind) => [cellKey('extract', kind, 'medium'), { accepted: 40, refused: 3 }]),
);
/** Of a tenth of the models outcomes are known, another tenth is resting. */
const knowledgeOf = ({ models }) =>
  new Map(
    models.flatMap(({ id }, index) => {
      if (index % 10 === 7) return [[id, { outcomes, billedShare: 1.1 }]];
      return index % 10 === 3 ? [[id, { cooling: { until, reason: 'is rate limited' } }]] : [];
    }),
  );

const figures = [];
for (const count of [30, 300, 3_000]) {
  const random = new SeededRandom(count);
  const catalog = drawCatalog(count, random);
  const knowledge = knowledgeOf(catalog);
  const table = buildRouteTable(catalog, shippedPolicy);
  const requests = Array.from({ length: decisions }, () => drawRequest(random));
  for (const request of requests) decideRoute(table, request, knowledge);
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    const times = requests.map((request) => {
      const started = performance.now();
      decideRoute(table, request, knowledge);
      return performance.now() - started;
    });
    const total = times.reduce((sum, ms) => sum + ms, 0);
    measured.push({
      perSecond: (1_000 * decisions) / total,
      p50: percentile(times, 0.5),
      p99: percentile(times, 0.99),
    });
  }
  const of = (figure) => median(measured.map((round) => round[figure]));
  figures.push({ models: count, perSecond: of('perSecond'), p50Ms: of('p50'), p99Ms: of('p99'), rounds: measured });
}
printTable(
  ['models', 'decisions/s', 'p50 ms', 'p99 ms'],
  figures.map(({ models, perSecond, p50Ms, p99Ms }) => [
    models,
    perSecond.toFixed(0),
    p50Ms.toFixed(3),
    p99Ms.toFixed(3),
  ]),
);
console.log('target: p99 under 1 ms with 3,000 models');
await keepFigures(options.json, 'route', { decisions, figures });
