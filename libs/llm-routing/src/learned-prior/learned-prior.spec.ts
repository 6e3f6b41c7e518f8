import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { crossFit } from './cross-fit.js';
import { labelPrompts, learnPrior, type Learned, type RoutingRecord } from './learn-prior.js';
import { promptKey } from './prompt-key.js';
import { fitSource } from './fit-source.js';
import { difficultyOfGain, type LearnedPrior } from './learned-prior.js';
import { believedGain, predictGain, promptFacts } from './predict-gain.js';
import { priorFromFile, priorToFile, PriorFileError } from './prior-file.js';
import { judgeDifficulty } from './judge-difficulty.js';
import { promptDifficulty } from './prompt-difficulty.js';

/** A source of two topics: of one the weak model knows nothing, of the other everything. */
const gardens = 'roses tulips hedges lawns seeds compost pruning blossom shrubs orchard ponds mulch'.split(' ');
const engines = 'pistons valves torque gears clutch exhaust camshaft ignition gasket throttle axle turbine'.split(' ');
const asides = [
  '',
  ' Please tell me soon.',
  ' It is 12 degrees outside, and 40 at noon.',
  ' Who said so? And what then?',
];

function invent(source: string, count: number): RoutingRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const topic = index % 2 === 0 ? gardens : engines;
    const word = (step: number): string => topic[(index * step + step) % topic.length] ?? '';
    const asked = `In ${source} number ${index}, how do ${word(3)} and ${word(5)} change ${word(7)} in the year?`;
    const prompt = `${asked}${asides[Math.floor(index / 2) % asides.length]}`;
    return { source, prompt, weak: topic === engines ? 0 : 1, strong: 1 };
  });
}
const models = { weak: 'small', strong: 'large' };
const hard = 'In workshop number 301, how do pistons and gasket change clutch in the year? Please tell me soon.';
const easy = 'In workshop number 302, how do lawns and compost change blossom in the year? Please tell me soon.';

describe('a learned prior', () => {
  let learned: Learned;
  beforeAll(() => {
    learned = learnPrior(models, invent('workshop', 160), 1);
  });

  it('finds what the strong model is needed for, and says that it knows such prompts', () => {
    const [above, below] = [hard, easy].map((text) => promptDifficulty(learned.prior, text));
    expect(above?.difficulty).toBeGreaterThan(0.7);
    expect(below?.difficulty).toBeLessThan(0.4);
    expect(above?.inDomain).toBe(true);
    expect(above?.reasons[0]).toMatch(/^\d+ % of its words are known from "workshop"$/);
    expect(learned.prior.evaluation[0]?.apgr).toBeGreaterThan(0.7);
  });

  it('makes work harder than its document where it knows the prompt, and else changes nothing and says so', () => {
    const used = { prior: learned.prior, version: 'prior-1' };
    const known = judgeDifficulty(0.2, used, hard);
    expect(known.score).toBeGreaterThan(0.7);
    expect(known.learned).toMatchObject({ version: 'prior-1', inDomain: true, score: known.score });
    expect(judgeDifficulty(0.99, used, hard).score).toBe(0.99);
    const strange = judgeDifficulty(0.2, used, 'Zwanzig gelbe Kraniche fliegen ostwärts?');
    expect(strange).toMatchObject({ score: 0.2, learned: { inDomain: false } });
    expect(strange.learned?.reasons[0]).toMatch(/^Prompts like this one were not learned from/);
    expect([judgeDifficulty(0.2, used, undefined), judgeDifficulty(0.2, undefined, hard)]).toEqual([
      { score: 0.2 },
      { score: 0.2 },
    ]);
  });

  it('is the same for the same records and seed, byte by byte', () => {
    const origin = { provenance: 'invented', learnedAt: '2026-11-21T12:00:00.000Z' };
    const again = learnPrior(models, invent('workshop', 160), 1);
    expect(priorToFile(again.prior, origin)).toEqual(priorToFile(learned.prior, origin));
  });

  it('keeps all of it in a file, and no word of the prompts', () => {
    const file = JSON.stringify(
      priorToFile(learned.prior, { provenance: 'invented', learnedAt: '2026-11-21T12:00:00Z' }),
    );
    expect(file.length).toBeLessThan(500_000);
    for (const word of [...gardens, ...engines]) expect(file).not.toContain(word);
    const read = priorFromFile(JSON.parse(file));
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(promptDifficulty(read, text)).toEqual(promptDifficulty(learned.prior, text));
      }),
    );
  });

  it('refuses a file of another version, or a damaged one, with a sentence', () => {
    const file = priorToFile(learned.prior, { provenance: 'invented', learnedAt: '2026-11-21T12:00:00Z' });
    expect(() => priorFromFile({ ...file, version: 1 })).toThrow(/learn it anew \(version: /);
    const [source] = file.sources;
    const damaged = { ...file, sources: [{ ...source, terms: { ...source?.terms, weights: 'AAAA' } }] };
    expect(() => priorFromFile(damaged)).toThrow(PriorFileError);
  });

  it('gives a difficulty from 0 to 1 and at least one reason, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        const { difficulty, reasons } = promptDifficulty(learned.prior, text);
        expect(difficulty).toBeGreaterThanOrEqual(0);
        expect(difficulty).toBeLessThanOrEqual(1);
        expect(reasons.length).toBeGreaterThan(0);
      }),
    );
  });

  it('rises with the gain', () => {
    const gain = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(gain, gain, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const spread = { mean: 0.1, deviation: 0.2 };
        expect(difficultyOfGain(low, spread)).toBeLessThanOrEqual(difficultyOfGain(high, spread));
      }),
    );
  });

  it('believes words less the less it knows of them, down to the form alone', () => {
    const [source] = learned.prior.sources;
    if (!source) throw new Error('nothing learned');
    const strange = 'In yonder 7 meadows, wherefore doth moonlit zephyr whisper beneath pistons?';
    const predicted = predictGain(source, promptFacts(strange));
    expect(predicted.trust).toBeLessThan(1);
    expect(promptDifficulty(learned.prior, strange)).toMatchObject({ inDomain: false });
    expect(promptDifficulty(learned.prior, strange).reasons[0]).toMatch(
      /fewer than usual there: its words count \d+ %/,
    );
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const formOnly = believedGain({ ...predicted, trust: 0 });
    expect(formOnly).toBeCloseTo(predicted.meanGain + predicted.formGain, 12);
    fc.assert(
      fc.property(share, share, (one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const distance = (trust: number): number => Math.abs(believedGain({ ...predicted, trust }) - formOnly);
        expect(distance(less)).toBeLessThanOrEqual(distance(more));
      }),
    );
  });

  it('goes by the length alone, which never makes a longer prompt easier, where no prompt was built like this one', () => {
    const choice = `${hard}\nA. roses\nB. tulips\nC. hedges\nD. lawns`;
    const { inDomain, reasons, difficulty } = promptDifficulty(learned.prior, choice);
    expect(inDomain).toBe(false);
    expect(reasons[0]).toMatch(/no prompt there was built like this: only its length counts/);
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 500 }), (more) => {
        const longer = promptDifficulty(learned.prior, `${choice} ${more}`);
        if (/only its length counts/.test(longer.reasons[0] ?? '')) {
          expect(longer.difficulty).toBeGreaterThanOrEqual(difficulty);
        }
      }),
    );
  });

  it('learns sources apart, and takes a prompt for the source that it is most like', () => {
    const swapped = invent('garage', 120).map((record) => ({
      ...record,
      prompt: record.prompt.replace('change', 'spoil').replace('in the year', 'on the road'),
      weak: record.weak === 0 ? 1 : 0,
    }));
    const { prior } = learnPrior(models, [...invent('workshop', 120), ...swapped], 1);
    expect(prior.sources.map(({ source }) => source)).toEqual(['garage', 'workshop']);
    expect(promptDifficulty(prior, hard).source).toBe('workshop');
    expect(promptDifficulty(prior, 'In garage, how do pistons spoil torque on the road?').source).toBe('garage');
  });

  it('never learns from what it scores: copies of a prompt share a fold, and labels turned about change nothing', () => {
    const records = invent('workshop', 100);
    const copies = records.map((record) => ({ ...record, prompt: record.prompt.toUpperCase() }));
    const keyOf = (all: RoutingRecord[]) => (_: unknown, index: number) => promptKey(all[index]?.prompt ?? '');
    const both = [...records, ...copies];
    const before = crossFit(labelPrompts(both), keyOf(both), 3).map(({ termGain }) => termGain);
    const turned = both.map((record, index) => (index % 100 === 7 ? { ...record, weak: 1 - record.weak } : record));
    const after = crossFit(labelPrompts(turned), keyOf(turned), 3).map(({ termGain }) => termGain);
    expect(after[7]).toBe(before[7]);
    expect(after[107]).toBe(before[107]);
    expect(after).not.toEqual(before);
  });

  it('learns from the quantities of word problems what their words do not tell', () => {
    const records = Array.from({ length: 200 }, (_, index): RoutingRecord => {
      const topic = [...gardens, ...engines];
      const [one, other] = [topic[(7 * index) % topic.length], topic[(5 * index + 3) % topic.length]];
      const share = index % 2 === 0 ? `${1 + (index % 3)}/${5 + (index % 7)} of` : `${11 + index} more`;
      const prompt = `Ann has ${20 + (index % 50)} ${one}, and ${share} ${other}. How many has she in all?`;
      return { source: 'sums', prompt, weak: index % 2, strong: 1 };
    });
    const sums = fitSource('sums', labelPrompts(records));
    const predicted = { mean: sums.meanGain, deviation: 0.1 };
    const prior: LearnedPrior = { ...models, sources: [sums], predicted, seed: 1, evaluation: [] };
    const [divided, added] = ['2/9 of widgets', '12 more widgets'].map((share) =>
      promptDifficulty(prior, `Ann has 31 roses, and ${share}. How many has she in all?`),
    );
    expect(divided?.difficulty).toBeGreaterThan(added?.difficulty ?? 1);
    expect(divided?.reasons).toContain('harder by "fractions", which is above the mean');
  });

  it('refuses to learn from too few labels', () => {
    expect(() => learnPrior(models, invent('workshop', 99), 1)).toThrow(/No source has 100 labels/);
  });
});
