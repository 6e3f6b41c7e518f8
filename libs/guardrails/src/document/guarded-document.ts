import type { Box } from '@waybill/contracts';
import type { AnswerContext } from '../answer/answer-context.js';
import { doubtfulPage } from '../answer/doubtful-page.js';
import { decide, rulesFor, type Decided, type Whose } from '../policy/decide.js';
import type { GuardrailPolicy, RouteTo } from '../policy/guardrail-policy.js';
import { HiddenValues } from '../redaction/hidden-values.js';
import { TextView } from '../text/text-view.js';
import { answerComplianceId, doubtfulSentencesId } from '../registry.js';
import type { DocumentFinding, InspectedPage } from './inspect-document.js';

/** What is decided about a document before anybody is asked. */
export interface GuardedDocument {
  readonly decided: readonly Decided<DocumentFinding>[];
  readonly hidden: HiddenValues;
  /** By finding: what stands for it. */
  readonly placeholders: ReadonlyMap<DocumentFinding, string>;
  /** By page: what is covered in its picture. */
  readonly covers: ReadonlyMap<number, readonly Box[]>;
  /** Why nobody may be asked, as a sentence. */
  readonly blocked: string | undefined;
  readonly routeTo: readonly RouteTo[];
  readonly answers: AnswerContext;
  readonly isSuspicious: boolean;
}

/** What a document is guarded by. */
export interface GuardTerms {
  readonly policy: GuardrailPolicy;
  readonly whose: Whose;
  /** Strings of the task that the client wrote. */
  readonly said: readonly string[];
  readonly canary: string;
  /** Where the job allows its content to be; anywhere when absent. */
  readonly regions?: readonly string[] | undefined;
}

/** The guardrails that have something to do for a job before a model is asked. */
export function wantedGuardrails({ policy, whose }: GuardTerms): ReadonlySet<string> {
  const before = rulesFor(policy, whose, 'before-model').map(({ guardrail }) => guardrail);
  const after = rulesFor(policy, whose, 'after-answer').map(({ guardrail }) => guardrail);
  // An answer can be held against instructions only when they were looked for.
  return new Set([
    ...before,
    ...(after.includes(answerComplianceId) ? ['prompt-injection', 'hidden-text', doubtfulSentencesId] : []),
  ]);
}

/** Decides what follows from what was found in a document. */
export function guardDocument(
  pages: readonly InspectedPage[],
  findings: readonly DocumentFinding[],
  terms: GuardTerms,
): GuardedDocument {
  const rules = rulesFor(terms.policy, terms.whose, 'before-model');
  const decided = decide(findings, rules);
  const views = pages.map(({ page, layout }) => ({ page, text: layout ? TextView.ofLayout(layout).text : '' }));
  const hidden = new HiddenValues([...views.map(({ text }) => text), ...terms.said].join('\n'));
  const placeholders = new Map<DocumentFinding, string>();
  const covers = new Map<number, readonly Box[]>();
  for (const { finding, rule } of decided) {
    if (rule.do !== 'redact' || rule.mode !== 'path') continue;
    if (finding.value !== '') placeholders.set(finding, hidden.add(finding.kind, finding.value));
    if (finding.page !== undefined)
      covers.set(finding.page, [...(covers.get(finding.page) ?? []), ...(finding.boxes ?? [])]);
  }
  const inPath = decided.filter(({ rule }) => rule.mode === 'path');
  const block = inPath.find(({ rule }) => rule.do === 'block');
  return {
    ...{ decided, hidden, placeholders, covers },
    blocked: block && blockedSentence(block.finding),
    routeTo: inPath.flatMap(({ rule }) => (rule.do === 'route' && rule.routeTo ? [rule.routeTo] : [])),
    answers: { ...answerContextOf(findings, views, terms), doubts: doubtfulPage(pages, findings.filter(isOrder)) },
    isSuspicious: findings.some((finding) => isOrder(finding) || finding.guardrail === doubtfulSentencesId),
  };
}

export const blockedSentence = ({
  guardrail,
  kind,
  page,
}: Pick<DocumentFinding, 'guardrail' | 'kind'> & { page?: number }): string =>
  `The guardrail "${guardrail}" found "${kind}"${page === undefined ? '' : ` on page ${page}`}, and the policy blocks that; nothing of the document was sent. Remove it, or ask the operator for another policy.`;

const isOrder = ({ guardrail }: DocumentFinding): boolean => guardrail === 'prompt-injection';

function answerContextOf(
  findings: readonly DocumentFinding[],
  views: readonly { readonly page: number; readonly text: string }[],
  { said, canary }: GuardTerms,
): AnswerContext {
  const orders = findings.filter(isOrder);
  const clean = views.map(({ page, text }) =>
    orders
      .filter((order) => order.page === page && order.span)
      .sort((a, b) => (b.span?.start ?? 0) - (a.span?.start ?? 0))
      .reduce((rest, { span }) => (span ? `${rest.slice(0, span.start)}\n${rest.slice(span.end)}` : rest), text),
  );
  const hiddenWords = findings.filter(({ guardrail }) => guardrail === 'hidden-text');
  return {
    clean: [...clean, ...said].join('\n'),
    orders: [
      ...orders.flatMap(({ value, text }) => [value, ...(text ? [text] : [])]),
      ...hiddenWords.map(({ value }) => value),
    ],
    canary,
  };
}
