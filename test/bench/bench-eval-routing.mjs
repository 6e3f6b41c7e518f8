/**
 * Learns the routing prior from one folder of routing records, without a network, and scores each prompt of another.
 *
 *   npm run build && npm run eval:routing -- --train DIR --test DIR --out FILE
 *     [--out-model FILE --provenance "whose labels, under which licence"] [--labels 1500] [--repeats 3] [--deals 10] [--seed 1]
 *     [--json FILE]
 *
 * A prompt of the test folder that is also in the training folder (the same words) is scored by a fit that it had no part in, so
 * both may be one folder. docs/routing-evaluation.md says how, and what the figures mean.
 */
import { writeFile } from 'node:fs/promises';
import {
  fewestLabels,
  learnPrior,
  priorToFile,
  promptDifficulty,
  withoutCopies,
} from '../../dist/libs/llm-routing/src/index.js';
import { keepFigures, percentile, printTable, readOptions } from './report.mjs';
import { groupBy, isMeasurable, readRoutingRecords } from './routing-records.mjs';
import { besideBaselines, dealtAnew, fromFewLabels, mean, withGroupsLeftOut } from './routing-protocols.mjs';
import { scoreRecords } from './score-prompts.mjs';

const options = readOptions({
  train: { type: 'string' },
  test: { type: 'string' },
  'out-model': { type: 'string' },
  provenance: { type: 'string', default: 'not stated: do not pass on' },
  labels: { type: 'string', default: '1500' },
  repeats: { type: 'string', default: '3' },
  deals: { type: 'string', default: '10' },
  seed: { type: 'string', default: '1' },
});
if (!options.train || !options.test || !options.out) {
  console.error('Say where the records are and where the scores go: --train DIR --test DIR --out FILE.');
  process.exit(2);
}
const seed = Number(options.seed);
const figure = (number) => (Number.isFinite(number) ? number.toFixed(3) : '—');
const percent = (share) => `${(100 * share).toFixed(1)} %`;

const train = (await readRoutingRecords(options.train)).filter(isMeasurable);
const test = await readRoutingRecords(options.test);

const pairs = new Map([...groupBy(train, ({ pair }) => pair)].sort(([, one], [, other]) => other.length - one.length));

/** Records of other models, but for what the pair's own prior is asked to score: no test prompt is learned from by any model. */
const relatedByPair = new Map(
  [...pairs.keys()].map((pair) => [
    pair,
    withoutCopies(
      train.filter((record) => record.pair !== pair),
      test.filter((record) => record.pair === pair || !pairs.has(record.pair)).map(({ prompt }) => prompt),
    ),
  ]),
);

/** One prior for each pair of models; a test record is scored by its own pair's, or by the largest. */
const learnedByPair = new Map(
  [...pairs].flatMap(([pair, records]) => {
    const [weak, strong] = pair.split(' ');
    try {
      return [[pair, learnPrior({ weak, strong }, records, seed, relatedByPair.get(pair))]];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      console.log(`${weak} and ${strong}: ${error.message}`);
      return [];
    }
  }),
);
if (learnedByPair.size === 0) throw new Error('Nothing was learned; give more records to learn from.');
const [largest] = learnedByPair.values();

const scored = scoreRecords(test, (record) => learnedByPair.get(record.pair) ?? largest);
await writeFile(options.out, scored.map(({ id, score }) => `${JSON.stringify({ id, score })}\n`).join(''));
console.log(`${scored.length} prompts scored: ${options.out}`);
if (options['out-model']) {
  const file = priorToFile(largest.prior, { provenance: options.provenance, learnedAt: new Date().toISOString() });
  await writeFile(options['out-model'], `${JSON.stringify(file)}\n`);
  console.log(`the prior of ${largest.prior.weak} and ${largest.prior.strong}: ${options['out-model']}`);
}

const sources = [...groupBy(scored.filter(isMeasurable), ({ source }) => source)].map(([source, records]) => ({
  source,
  prompts: records.length,
  byOtherFolds: mean(records.map(({ wasLearned }) => +wasLearned)),
  outOfDomain: mean(records.map(({ inDomain }) => +!inDomain)),
  elsewhere: mean(records.map(({ nearest }) => +(nearest !== source))),
  ...besideBaselines(
    records,
    records.map(({ score }) => score),
  ),
}));
console.log('\nScores as written (random: APGR .500, CPT50 50 %, CPT80 80 %)');
printTable(
  [
    'source',
    'prompts',
    'APGR',
    'CPT50',
    'CPT80',
    'length',
    'oracle',
    'out of domain',
    'by other folds',
    'taken for another',
  ],
  sources.map(({ source, prompts, router, length, oracle, outOfDomain, byOtherFolds, elsewhere }) => [
    source,
    prompts,
    figure(router.apgr),
    percent(router.cpt50),
    percent(router.cpt80),
    figure(length.apgr),
    figure(oracle.apgr),
    percent(outOfDomain),
    percent(byOtherFolds),
    percent(elsewhere),
  ]),
);

const labels = Number(options.labels);
const trainSources = [...groupBy(train, ({ source }) => source)];
const few = trainSources
  .filter(([, records]) => records.length >= 2 * labels)
  .map(([source, records]) => ({
    source,
    ...fromFewLabels(records, {
      labels,
      repeats: Number(options.repeats),
      seed,
      related: relatedByPair.get(records[0].pair),
    }),
  }));
console.log(`\nIn domain, learned from ${labels} labels, ranking all others (mean of ${options.repeats} draws)`);
printTable(
  ['source', 'APGR', 'each draw', 'CPT50', 'CPT80', 'length', 'out of domain', 'related labels'],
  few.map(({ source, rounds }) => [
    source,
    figure(mean(rounds.map(({ router }) => router.apgr))),
    rounds.map(({ router }) => figure(router.apgr)).join(' '),
    percent(mean(rounds.map(({ router }) => router.cpt50))),
    percent(mean(rounds.map(({ router }) => router.cpt80))),
    figure(mean(rounds.map(({ length }) => length.apgr))),
    percent(mean(rounds.map(({ outOfDomain }) => outOfDomain))),
    Math.round(mean(rounds.map(({ related }) => related))),
  ]),
);

const deals = Number(options.deals);
const dealt = trainSources
  .filter(([, { length }]) => length >= fewestLabels && length < 2 * labels)
  .map(([source, records]) => ({
    source,
    prompts: records.length,
    ...dealtAnew(records, { deals, seed, related: relatedByPair.get(records[0].pair) }),
  }));
console.log(`\nSets too small for that, dealt into five folds ${deals} times (mean)`);
printTable(
  ['source', 'prompts', 'APGR', 'without related', 'standard error of the prompts', 'each deal', 'CPT50', 'CPT80'],
  dealt.map(({ source, prompts, rounds, withoutRelated, standardError }) => [
    source,
    prompts,
    figure(mean(rounds.map(({ apgr }) => apgr))),
    figure(mean(withoutRelated.map(({ apgr }) => apgr))),
    figure(standardError),
    rounds.map(({ apgr }) => figure(apgr)).join(' '),
    percent(mean(rounds.map(({ cpt50 }) => cpt50))),
    percent(mean(rounds.map(({ cpt80 }) => cpt80))),
  ]),
);

const manyGroups = 10;
const leftOut = trainSources
  .filter(([, records]) => new Set(records.map(({ group }) => group)).size >= manyGroups)
  .map(([source, records]) => ({ source, ...withGroupsLeftOut(records, seed) }));
console.log('\nWhole groups left out, a fifth of them at a time');
printTable(
  ['source', 'groups', 'way', 'APGR', 'mean of fifths', 'each fifth', 'CPT50', 'CPT80', 'out of domain'],
  leftOut.flatMap(({ source, groups, ways, outOfDomain }) =>
    Object.entries(ways).map(([way, { apgr, cpt50, cpt80, folds }]) => [
      source,
      groups,
      way,
      figure(apgr),
      figure(mean(folds.filter(Number.isFinite))),
      folds.map(figure).join(' '),
      percent(cpt50),
      percent(cpt80),
      percent(outOfDomain),
    ]),
  ),
);

for (const { prompt } of test.slice(0, 500)) promptDifficulty(largest.prior, prompt);
const times = test.map(({ prompt }) => {
  const started = performance.now();
  promptDifficulty(largest.prior, prompt);
  return performance.now() - started;
});
const [p50Ms, p99Ms] = [percentile(times, 0.5), percentile(times, 0.99)];
console.log(`\nA prompt takes ${p50Ms.toFixed(3)} ms at the median, ${p99Ms.toFixed(3)} ms at the 99th percentile.`);
await keepFigures(options.json, 'eval-routing', { seed, sources, few, dealt, leftOut, p50Ms, p99Ms });
