import { describe, expect, it } from '@jest/globals';
import { pageClasses, pageKinds } from '@waybill/contracts';
import fc from 'fast-check';
import { joinOpinions } from './join-opinions.js';
import type { KindProbabilities } from './kind-model.js';
import { classOfKind, classProbabilities } from './name-page.js';

const opinion = fc
  .array(fc.integer({ min: 1, max: 10_000 }), { minLength: pageKinds.length, maxLength: pageKinds.length })
  .map((weights) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return Object.fromEntries(pageKinds.map((kind, at) => [kind, (weights[at] ?? 0) / total])) as KindProbabilities;
  });

describe('joinOpinions', () => {
  it('gives probabilities that sum to 1', () => {
    fc.assert(
      fc.property(opinion, opinion, (look, read) => {
        const joined = joinOpinions(look, read);
        expect(pageKinds.reduce((sum, kind) => sum + joined[kind], 0)).toBeCloseTo(1, 6);
      }),
    );
  });

  it('keeps the class on which both agree, and the order of kinds inside a class as the words have it', () => {
    fc.assert(
      fc.property(opinion, opinion, (look, read) => {
        const joined = joinOpinions(look, read);
        const likeliest = (one: KindProbabilities) => {
          const classes = classProbabilities(one);
          return [...pageClasses].sort((a, b) => classes[b] - classes[a])[0];
        };
        if (likeliest(look) === likeliest(read)) expect(likeliest(joined)).toBe(likeliest(look));
        for (const kind of pageKinds) {
          for (const other of pageKinds) {
            if (classOfKind[kind] === classOfKind[other] && read[kind] > read[other]) {
              expect(joined[kind]).toBeGreaterThan(joined[other]);
            }
          }
        }
      }),
    );
  });
});
