import { beforeAll, describe, expect, it } from '@jest/globals';
import { fitSource } from './fit-source.js';
import { labelPrompts, learnPrior, relatedTo, type RelatedRecord, type RoutingRecord } from './learn-prior.js';
import { believedGain, predictGain, promptFacts } from './predict-gain.js';
import { relatedLabels } from './related-labels.js';

const plants = 'roses tulips hedges lawns seeds shrubs orchids ponds lilies ferns'.split(' ');
const people = 'Ann Ben Carl Dora Emil Fay'.split(' ');

/** Problems that are hard where a share of something is sold. With a shift of 25 none is like one without. */
function problem(index: number, isHard: boolean, shift = 0): string {
  const [one, other] = [plants[index % 10] ?? '', plants[(3 * index + 1) % 10] ?? ''];
  const share = isHard ? `sells half of the ${other}` : `buys some more ${other}`;
  return `${people[index % 6] ?? ''} has ${20 + ((index + shift) % 50)} ${one}, and ${share}. How many ${one} are there in all?`;
}

/** Labels that tell little: one in three is turned about. */
const own = (count: number): RoutingRecord[] =>
  Array.from({ length: count }, (_, index) => {
    const gains = (index % 2 === 0) !== (index % 3 === 0);
    return { source: 'own', prompt: problem(index, index % 2 === 0), weak: gains ? 0 : 1, strong: 1 };
  });

/** Of four models two fail at what is hard. */
const others = (count: number): RelatedRecord[] =>
  Array.from({ length: count }, (_, index) => {
    const isHard = index % 2 === 0;
    const worse = isHard ? 0 : 1;
    const prompt = problem(index, isHard, 25);
    return { source: 'others', prompt, scores: { small: worse, old: worse, large: 1, new: 1 } };
  });

const letters = (count: number): RelatedRecord[] =>
  Array.from({ length: count }, (_, index) => ({
    source: 'letters',
    prompt: `Dear number ${index}! Please write (in French; be kind) what the council said | and why not. Thanks`,
    scores: { small: index % 2, large: 1 },
  }));

const spreadOf = (prior: ReturnType<typeof fitSource>): number => {
  const gainOf = (isHard: boolean): number => believedGain(predictGain(prior, promptFacts(problem(777, isHard, 13))));
  return gainOf(true) - gainOf(false);
};

describe('labels of other models', () => {
  const records = own(120);
  const prompts = labelPrompts(records);
  let alone: ReturnType<typeof fitSource>;
  beforeAll(() => {
    alone = fitSource('own', prompts);
  });

  it('are taken of prompts like the own ones, and of no others', () => {
    const both = relatedTo(records, [...others(200), ...letters(200)]);
    expect(both).toHaveLength(400);
    const taken = relatedLabels(alone, prompts, both);
    const onlyAlike = relatedLabels(alone, prompts, relatedTo(records, others(200)));
    expect(taken).toEqual(onlyAlike);
    expect(taken.length).toBeGreaterThanOrEqual(100);
    expect(relatedLabels(alone, prompts, relatedTo(records, letters(200)))).toEqual([]);
  });

  it('tell which prompts gain, and leave to the source how much they gain in the mean', () => {
    const taken = relatedLabels(alone, prompts, relatedTo(records, others(200)));
    const mean = (gains: readonly number[]): number => gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
    const predicted = taken.map((prompt) => believedGain(predictGain(alone, prompt)));
    expect(mean(taken.map(({ gain }) => gain))).toBeCloseTo(mean(predicted), 9);
    const gains = new Set(taken.map(({ gain }) => gain.toFixed(9)));
    expect(gains.size).toBe(2);
    const joint = fitSource('own', prompts, relatedTo(records, others(200)));
    expect(joint.related).toBe(taken.length);
    expect(spreadOf(joint)).toBeGreaterThan(1.3 * spreadOf(alone));
  });

  it('are not learned from where there are few of them, or where one model alone has answered', () => {
    expect(relatedLabels(alone, prompts, relatedTo(records, others(99)))).toEqual([]);
    const single = others(200).map((record) => ({ ...record, scores: { small: record.scores['small'] ?? 0 } }));
    expect(relatedLabels(alone, prompts, relatedTo(records, single))).toEqual([]);
  });

  it('are never those of a copy of an own prompt', () => {
    const copies = records.map(({ prompt }) => ({
      source: 'others',
      prompt: `Think well. ${prompt}`,
      scores: { small: 0, large: 1 },
    }));
    expect(relatedTo(records, copies)).toEqual([]);
  });

  it('are counted in the prior', () => {
    const { prior } = learnPrior({ weak: 'small', strong: 'large' }, records, 1, others(200));
    expect(prior.sources[0]).toMatchObject({ labels: 120 });
    expect(prior.sources[0]?.related).toBeGreaterThanOrEqual(100);
  });
});
