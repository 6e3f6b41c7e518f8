import { answerComplianceId } from '../registry.js';
import { emptyLeavesOf, leavesOf, type AnswerContext } from './answer-context.js';
import { judgeLeaf } from './judge-leaf.js';

/** A value of an answer that is not to be believed. */
export interface AnswerFinding {
  readonly guardrail: string;
  readonly kind: string;
  readonly score: number;
  /** JSON Pointer into the answer; empty for a text. */
  readonly path: string;
  readonly remark: string;
}

/** Values of an answer that follow orders of the document. `answer` is parsed JSON, or a text. */
export const checkAnswer = (answer: unknown, context: AnswerContext): AnswerFinding[] =>
  [...leavesOf(answer), ...emptyLeavesOf(answer)].flatMap((leaf) => {
    const found = judgeLeaf(leaf, context);
    return found ? [{ guardrail: answerComplianceId, path: leaf.path, ...found }] : [];
  });

/** The answer with null in the place of what stands at these paths; a text becomes empty. */
export function withholdFrom(answer: unknown, paths: ReadonlySet<string>, path = ''): unknown {
  if (paths.has(path)) return typeof answer === 'string' && path === '' ? '' : null;
  if (Array.isArray(answer)) return answer.map((one, at) => withholdFrom(one, paths, `${path}/${at}`));
  if (answer === null || typeof answer !== 'object') return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([key, one]) => [key, withholdFrom(one, paths, `${path}/${key}`)]),
  );
}
