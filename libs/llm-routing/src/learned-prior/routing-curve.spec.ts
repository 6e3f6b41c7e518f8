import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { measureRouting } from './routing-curve.js';

const right = { weak: 1, strong: 1 };
const needsStrong = { weak: 0, strong: 1 };

describe('measureRouting', () => {
  it('has the values that can be worked out by hand', () => {
    const prompts = [needsStrong, right, right, right].map((prompt, index) => ({ ...prompt, score: -index }));
    expect(measureRouting(prompts)).toEqual({ apgr: 0.875, cpt50: 0.125, cpt80: expect.closeTo(0.2, 12) });
    const reversed = prompts.map((prompt) => ({ ...prompt, score: -prompt.score }));
    expect(measureRouting(reversed)).toEqual({ apgr: 0.125, cpt50: 0.875, cpt80: 0.95 });
  });

  it('is a half for a router that says the same of every prompt', () => {
    const prompts = [needsStrong, right, needsStrong, right].map((prompt) => ({ ...prompt, score: 0.3 }));
    expect(measureRouting(prompts)).toEqual({ apgr: 0.5, cpt50: 0.5, cpt80: 0.8 });
  });

  it('says nothing where the strong model is no better', () => {
    expect(measureRouting([{ ...right, score: 1 }]).apgr).toBeNaN();
  });

  it('does not change when scores are told on another rising scale, and the oracle is never beaten', () => {
    const answer = fc.integer({ min: 0, max: 10 });
    const anyPrompt = fc.record({ score: fc.integer({ min: -50, max: 50 }), weak: answer, strong: answer });
    fc.assert(
      fc.property(fc.array(anyPrompt, { minLength: 1, maxLength: 40 }), (prompts) => {
        const measured = measureRouting(prompts);
        fc.pre(!Number.isNaN(measured.apgr));
        const curved = prompts.map((prompt) => ({ ...prompt, score: Math.exp(prompt.score / 10) }));
        expect(measureRouting(curved)).toEqual(measured);
        const oracle = prompts.map((prompt) => ({ ...prompt, score: prompt.strong - prompt.weak }));
        expect(measureRouting(oracle).apgr).toBeGreaterThanOrEqual(measured.apgr - 1e-9);
      }),
    );
  });
});
