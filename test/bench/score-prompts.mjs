/** Scores prompts as the live router would, but none by a fit that has seen it. */
import {
  believedGain,
  difficultyOfGain,
  isInDomain,
  nearestSource,
  predictGain,
  promptFacts,
  promptKey,
} from '../../dist/libs/llm-routing/src/index.js';

/**
 * @param {import('./routing-records.mjs').Routed[]} records
 * @param {(record: object) => { prior: object, sources: Map<string, object> }} learnedOf the learner of a record's pair
 */
export function scoreRecords(records, learnedOf) {
  const seenBy = new Map();
  return records.map((record) => {
    const learned = learnedOf(record);
    if (!seenBy.has(learned)) seenBy.set(learned, outOfFoldByKey(learned));
    const facts = promptFacts(record.prompt);
    const nearest = nearestSource(learned.prior.sources, facts.terms);
    const outOfFold = seenBy.get(learned).get(nearest.source)?.get(promptKey(record.prompt));
    const predicted = outOfFold ?? predictGain(nearest, facts);
    return {
      ...record,
      score: difficultyOfGain(believedGain(predicted), learned.prior.predicted),
      nearest: nearest.source,
      inDomain: isInDomain(predicted),
      wasLearned: outOfFold !== undefined,
    };
  });
}

/** Of each source the predictions for the prompts it was learned from, by fits that they had no part in. */
function outOfFoldByKey({ sources }) {
  return new Map(
    [...sources].map(([source, { records, outOfFold }]) => [
      source,
      new Map(records.map(({ prompt }, index) => [promptKey(prompt), outOfFold[index]])),
    ]),
  );
}
