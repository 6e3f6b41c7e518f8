import type { answerComplianceKinds } from '../registry.js';

/** Why a value of an answer is not to be believed. */
export interface AnswerSuspicion {
  readonly kind: (typeof answerComplianceKinds)[number];
  readonly score: number;
  readonly remark: string;
}

/**
 * A suspicion that rests on a sentence and on the place of the value; `likely` (0..1) is how likely the sentence is meant to
 * change the answer. Both together are surer than the sentence alone.
 */
export const suspicionOf = (kind: AnswerSuspicion['kind'], likely: number, remark: string): AnswerSuspicion => ({
  ...{ kind, remark },
  score: Math.round((0.6 + 0.39 * likely) * 100) / 100,
});
