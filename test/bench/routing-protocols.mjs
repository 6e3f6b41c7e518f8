/** How a routing prior holds where it matters: learned from few labels, and on whole groups that it never saw. */
import {
  believedGain,
  crossFit,
  fitSource,
  foldsOf,
  isInDomain,
  labelPrompts,
  measureRouting,
  predictGain,
  promptKey,
  relatedTo,
} from '../../dist/libs/llm-routing/src/index.js';
import { SeededRandom } from '../../dist/libs/samples/src/seeded-random.js';

export const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** Measures a ranking of records by a score each. */
export const measure = (records, scores) =>
  measureRouting(records.map(({ weak, strong }, index) => ({ weak, strong, score: scores[index] })));

/** Everything that a table tells of a ranking, beside what needs no learning. */
export const besideBaselines = (records, scores) => ({
  router: measure(records, scores),
  length: measure(
    records,
    records.map(({ prompt }) => prompt.length),
  ),
  oracle: measure(
    records,
    records.map(({ weak, strong }) => strong - weak),
  ),
});

/** Learns from `labels` records drawn by seed, and from related ones, and ranks all others, several times. */
export function fromFewLabels(records, { labels, repeats, seed, related }) {
  const prompts = labelPrompts(records);
  const alike = relatedTo(records, related);
  const rounds = Array.from({ length: repeats }, (_, round) => {
    const order = shuffled(records.length, new SeededRandom(seed + round));
    const [learned, rest] = [order.slice(0, labels), order.slice(labels)];
    const prior = fitSource(
      'few labels',
      learned.map((index) => prompts[index]),
      alike,
    );
    const gains = rest.map((index) => predictGain(prior, prompts[index]));
    const others = rest.map((index) => records[index]);
    return {
      ...besideBaselines(others, gains.map(believedGain)),
      related: prior.related,
      outOfDomain: mean(gains.map((gain) => +!isInDomain(gain))),
    };
  });
  return { labels, rounds };
}

/** Deals a small set into folds several times, since how it is dealt moves the figure, and says how coarse the figure is. */
export function dealtAnew(records, { deals, seed, related }) {
  const prompts = labelPrompts(records);
  const keys = records.map(({ prompt }) => promptKey(prompt));
  const scoresWith = (alike) =>
    Array.from({ length: deals }, (_, deal) =>
      crossFit(prompts, (_prompt, index) => keys[index], seed + deal, alike).map(believedGain),
    );
  const scores = scoresWith(relatedTo(records, related));
  const roundsOf = (dealt) => dealt.map((own) => measure(records, own));
  return {
    rounds: roundsOf(scores),
    withoutRelated: roundsOf(scoresWith([])),
    standardError: standardErrorOfApgr(records, scores),
  };
}

/**
 * For the choice of prompts. APGR - .5 is the sum of gain x (share of prompts ranked below - .5) over the sum of gains, so each
 * prompt's influence on this ratio is known; ranks are the means of all deals.
 */
function standardErrorOfApgr(records, scores) {
  const below = records.map(() => 0);
  for (const own of scores) {
    const order = [...own.keys()].sort((a, b) => own[a] - own[b]);
    for (const [rank, index] of order.entries()) below[index] += (rank + 0.5) / records.length / scores.length;
  }
  const gains = records.map(({ weak, strong }) => strong - weak);
  const parts = gains.map((gain, index) => gain * (below[index] - 0.5));
  const ratio = mean(parts) / mean(gains);
  const influences = parts.map((part, index) => (part - ratio * gains[index]) / mean(gains));
  return Math.sqrt(mean(influences.map((influence) => influence ** 2)) / records.length);
}

/** Leaves whole groups out of the fit, a fifth of them at a time. Related records, which may be of the groups, are not learned from. */
export function withGroupsLeftOut(records, seed) {
  const prompts = labelPrompts(records);
  const groups = records.map(({ group }) => group);
  const gains = crossFit(prompts, (_, index) => groups[index], seed);
  const folds = foldsOf(groups, seed);
  const ways = {
    router: gains.map(believedGain),
    allWords: gains.map((gain) => believedGain({ ...gain, trust: 1 })),
    formOnly: gains.map((gain) => believedGain({ ...gain, trust: 0 })),
    length: records.map(({ prompt }) => prompt.length),
  };
  const byFold = [...new Set(folds)].map((fold) => folds.flatMap((own, index) => (own === fold ? [index] : [])));
  return {
    groups: new Set(groups).size,
    outOfDomain: mean(gains.map((gain) => +!isInDomain(gain))),
    ways: Object.fromEntries(
      Object.entries(ways).map(([name, scores]) => [
        name,
        {
          ...measure(records, scores),
          folds: byFold.map(
            (indexes) =>
              measure(
                indexes.map((index) => records[index]),
                indexes.map((index) => scores[index]),
              ).apgr,
          ),
        },
      ]),
    ),
  };
}

function shuffled(count, random) {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let at = count - 1; at > 0; at -= 1) {
    const other = random.whole(0, at);
    [order[at], order[other]] = [order[other], order[at]];
  }
  return order;
}
