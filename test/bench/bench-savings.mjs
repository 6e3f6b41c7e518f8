/**
 * A SIMULATION of what routing saves: a night of mixed pages, drawn with a seed, goes through the router as shipped, with the
 * catalog's prices. No model is called: whether an answer is right is drawn from the policy's quality priors.
 *
 *   npm run build && npm run bench:savings -- [--pages 10000] [--seeds 5] [--found 0.95] [--alike 0.5] [--worse 0.1]
 *     [--level standard] [--sensitivity internal] [--json FILE]
 */
import { buildRouteTable, decideRoute, shippedCatalog, shippedPolicy } from '../../dist/libs/llm-routing/src/index.js';
import { SeededRandom } from '../../dist/libs/samples/src/seeded-random.js';
import { keepFigures, printTable, readOptions } from './report.mjs';
import { drawNight, nightMix, tokensAWord, tokensOfInstructions } from './savings-night.mjs';

const options = readOptions({
  pages: { type: 'string', default: '10000' },
  seeds: { type: 'string', default: '5' },
  found: { type: 'string', default: '0.95' },
  alike: { type: 'string', default: '0.5' },
  worse: { type: 'string', default: '0.1' },
  level: { type: 'string', default: 'standard' },
  sensitivity: { type: 'string', default: 'internal' },
});
const [pages, seeds, found, alike, worse] = ['pages', 'seeds', 'found', 'alike', 'worse'].map((name) =>
  Number(options[name]),
);
const { level, sensitivity } = options;
/** Prices do not depend on the day, but models leave the catalog: the day is part of what is assumed. */
const now = new Date('2026-11-21T22:00:00Z');
const mostCalls = 4;

const table = buildRouteTable(shippedCatalog, shippedPolicy);
const idsOfTier = (tier) => shippedCatalog.models.filter((card) => card.tier === tier).map(({ id }) => id);

/** Ways to spend the night: how a page's request is changed, and how many calls it may take. */
const ways = [
  { name: 'routed', calls: mostCalls, limit: (request) => request },
  ...[
    ['all mid', 2],
    ['all frontier', 3],
  ].flatMap(([name, tier]) => {
    const only = idsOfTier(tier);
    const limited = (request) => ({ ...request, limits: { ...request.limits, only, qualityFloor: 0 } });
    const asPicture = (request) => ({ ...request, forms: request.forms.filter((form) => form.name === 'page-high') });
    return [
      { name: `${name}, as pictures`, calls: 1, limit: (request) => asPicture(limited(request)) },
      { name: `${name}, in the best form`, calls: 1, limit: limited },
    ];
  }),
];

/** What happens to one page: calls until an answer is accepted, each right or wrong by the draw. */
function workPage(request, { calls, limit }, { luck, lower }) {
  const asked = [];
  let costUsd = 0;
  let floor;
  for (let call = 0; call < calls; call += 1) {
    const limited = limit(request);
    const limits = { ...limited.limits, exclude: asked, ...(floor === undefined ? {} : { qualityFloor: floor }) };
    const decision = decideRoute(table, { ...limited, limits });
    if (decision.kind !== 'route') break;
    const { card, form, quality, cost } = decision.chosen;
    costUsd += cost.expectedUsd;
    const trueQuality = Math.max(0, quality - (card.tier < 3 ? lower : 0));
    const isRight = (luck.hasSharedPart ? luck.shared : luck.own[call]) < trueQuality;
    const isNoticed = calls > 1 && !isRight && luck.noticed[call] < found;
    if (!isNoticed)
      return { costUsd, calls: call + 1, tier: card.tier, form: form.name, outcome: isRight ? 'right' : 'wrong' };
    asked.push(card.id);
    floor = Math.min(1, quality + 1e-9);
  }
  return { costUsd, calls: asked.length, outcome: 'open' };
}

/** Random numbers of a page, the same for all ways, so that they differ by what they do and not by their luck. */
function drawLuck(random) {
  const numbers = () => Array.from({ length: mostCalls }, () => random.next());
  return { hasSharedPart: random.chance(alike), shared: random.next(), own: numbers(), noticed: numbers() };
}

function spendNight(seed, lower) {
  const random = new SeededRandom(seed);
  const requests = drawNight(pages, random, { level, sensitivity, now });
  const lucks = requests.map(() => drawLuck(random));
  return ways.map((way) => {
    const worked = requests.map((request, index) => workPage(request, way, { luck: lucks[index], lower }));
    const share = (matches) => worked.filter(matches).length / pages;
    return {
      way: way.name,
      usd: worked.reduce((sum, { costUsd }) => sum + costUsd, 0),
      right: share(({ outcome }) => outcome === 'right'),
      wrong: share(({ outcome }) => outcome === 'wrong'),
      open: share(({ outcome }) => outcome === 'open'),
      byTierZero: share(({ tier }) => tier === 0),
      byTextOnly: share(({ tier, form }) => tier > 0 && form === 'layout'),
      byPicture: share(({ form }) => form === 'page-low' || form === 'page-high'),
      escalated: share(({ calls }) => calls > 1),
    };
  });
}

console.log(`SIMULATION: ${pages} drawn pages a night, ${seeds} nights, no model called. It is assumed that`);
for (const { share, title, task } of nightMix)
  console.log(`  ${(100 * share).toFixed(0).padStart(3)} %  ${title} (${task})`);
console.log(`  a page carries ${tokensOfInstructions} tokens of instructions and ${tokensAWord} tokens a word;`);
console.log(`  prices are the catalog's (${table.catalog.version}) at level "${level}", data is "${sensitivity}";`);
console.log(`  an answer is right as often as the policy's prior says, times how sound its form is;`);
console.log(
  `  in ${100 * alike} % of the pages all models share one draw of luck, so that what is hard for one is hard for all;`,
);
console.log(
  `  verification notices ${100 * found} % of the wrong answers and no right one; a noticed one goes up, ${mostCalls} calls at most;`,
);
console.log(
  '  the other ways make one call to the cheapest model of their tier that can do the page, and notice nothing;',
);
console.log('  reading by OCR costs nothing here.');

const nightsOf = (lower) => Array.from({ length: seeds }, (_, seed) => spendNight(seed + 1, lower));
const summary = (nights) =>
  ways.map(({ name }, index) => {
    const own = nights.map((night) => night[index]);
    const mean = (figure) => own.reduce((sum, night) => sum + night[figure], 0) / own.length;
    const figures = Object.keys(own[0]).filter((figure) => figure !== 'way');
    return { way: name, ...Object.fromEntries(figures.map((figure) => [figure, mean(figure)])) };
  });
const percent = (share) => `${(100 * share).toFixed(1)} %`;
function show(rows) {
  const routedUsd = rows[0].usd;
  printTable(
    [
      'way',
      'USD a night',
      'cost beside routed',
      'right',
      'wrong, unnoticed',
      'open',
      'tier 0',
      'text only',
      'picture',
      'escalated',
    ],
    rows.map((row) => [
      row.way,
      row.usd.toFixed(2),
      `${(row.usd / routedUsd).toFixed(2)} x`,
      ...['right', 'wrong', 'open', 'byTierZero', 'byTextOnly', 'byPicture', 'escalated'].map((name) =>
        percent(row[name]),
      ),
    ]),
  );
}
const asBelieved = summary(nightsOf(0));
show(asBelieved);
console.log(
  `The same when all tiers below the frontier are right ${100 * worse} points less often than the policy believes:`,
);
const asFeared = summary(nightsOf(worse));
show(asFeared);
console.log('A simulation: it shows what the policy does with these prices and priors, not what a bill will be.');
await keepFigures(options.json, 'savings', {
  pages,
  seeds,
  found,
  alike,
  worse,
  level,
  sensitivity,
  mix: nightMix,
  asBelieved,
  asFeared,
});
