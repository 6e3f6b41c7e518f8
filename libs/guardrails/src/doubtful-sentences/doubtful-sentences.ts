import type { Finding, Guardrail, GuardSubject } from '../guardrail.js';
import { statementsOf } from './statements-of.js';

const id = 'doubtful-sentences';
/** How sure a sentence that is told must be; what is less sure only counts together with an answer that says the same. */
const leastTold = 0.8;

/**
 * Sentences of a page that read as if they were meant to change what is answered about it, by what a small model has
 * learnt. Texts that are no page's are not looked at: what a client asks for sounds the same.
 */
export const doubtfulSentences: Guardrail = {
  id,
  places: ['before-model'],
  kinds: ['sentence'],
  inspect: ({ layout }: GuardSubject): Finding[] =>
    (layout ? statementsOf(layout) : [])
      .filter(({ score }) => score >= leastTold)
      .map(({ start, end, score }) => ({
        ...{ guardrail: id, kind: 'sentence', span: { start, end } },
        score: Math.round(score * 100) / 100,
        remark: 'reads as if it were meant for whoever answers',
      })),
};
