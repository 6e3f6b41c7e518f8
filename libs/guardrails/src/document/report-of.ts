import type { GuardrailCount, GuardrailFinding, GuardrailReport, Hop } from '@waybill/contracts';
import type { AnswerFinding } from '../answer/check-answer.js';
import type { GuardrailPlace } from '../guardrail.js';
import type { Decided } from '../policy/decide.js';
import type { GuardedDocument } from './guarded-document.js';

const mostFindings = 200;
const mostBoxes = 20;
const weight = { block: 0, redact: 1, route: 2, report: 3 } as const;

/** What came of a document beside what was found in it. */
export interface AfterFacts {
  readonly after: readonly Decided<AnswerFinding>[];
  /** What moderators said, with where they stood. */
  readonly moderated: readonly (Decided<{ guardrail: string; kind: string; score: number; page?: number }> & {
    readonly at: GuardrailPlace;
  })[];
  readonly failures: readonly string[];
  readonly ran: readonly Hop[];
  readonly inspectMs: number;
}

/** The report on a document: what was found where and what followed. No value is in it. */
export function reportOf({ decided, placeholders, routeTo }: GuardedDocument, facts: AfterFacts): GuardrailReport {
  const before = decided.map(({ finding, rule }): GuardrailFinding => {
    const placeholder = rule.mode === 'path' ? placeholders.get(finding) : undefined;
    const { guardrail, kind, score, page, boxes = [], words = [], remark } = finding;
    return {
      ...{ guardrail, kind, at: 'before-model', action: rule.do, mode: rule.mode, score },
      ...(page === undefined ? {} : { page }),
      ...(boxes.length > 0 ? { boxes: boxes.slice(0, mostBoxes).map((box) => [...box]) } : {}),
      ...(words.length > 0 ? { words: [...words] } : {}),
      ...(placeholder === undefined ? {} : { placeholder }),
      ...(remark === undefined ? {} : { remark }),
    };
  });
  const after = facts.after.map(({ finding: { guardrail, kind, score, path, remark }, rule }): GuardrailFinding => ({
    ...{ guardrail, kind, at: 'after-answer', action: rule.do, mode: rule.mode, score, path, remark },
  }));
  const moderated = facts.moderated.map(({ finding, rule, at }): GuardrailFinding => ({
    ...{ ...finding, at, action: rule.do, mode: rule.mode },
  }));
  const all = [...before, ...after, ...moderated].sort((a, b) => weight[a.action] - weight[b.action]);
  return {
    findings: all.slice(0, mostFindings),
    counts: countsOf(all),
    ...(routeTo.length > 0 ? { routedTo: routeTo.map((to) => ({ ...to })) } : {}),
    ...(facts.ran.length > 0 ? { ran: [...facts.ran] } : {}),
    ...(facts.failures.length > 0 ? { failures: [...facts.failures] } : {}),
    inspectMs: Math.round(facts.inspectMs * 10) / 10,
  };
}

function countsOf(findings: readonly GuardrailFinding[]): GuardrailCount[] {
  const counts = new Map<string, GuardrailCount>();
  for (const { guardrail, kind, at, action, mode } of findings) {
    const key = [guardrail, kind, at, action, mode].join(' ');
    counts.set(key, { guardrail, kind, at, action, mode, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}
