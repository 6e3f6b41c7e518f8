import type { Box, GuardrailReport, Hop } from '@waybill/contracts';
import {
  answerComplianceId,
  askModerators,
  blockedSentence,
  checkAnswer,
  decide,
  guardrails,
  leavesOf,
  reportOf,
  rulesFor,
  TextView,
  withholdFrom,
  type AfterFacts,
  type AnswerFinding,
  type GuardedDocument,
  type GuardrailPlace,
  type GuardTerms,
  type Moderator,
} from '@waybill/guardrails';
import type { ImagePart, ReadPage } from '@waybill/llm-routing';
import type { GuardTools } from './guard-tools.js';

type Moderated = AfterFacts['moderated'][number];
/** Pictures for moderators; as large as they look at. */
const moderatedEdgePx = 1_024;

/** What holds for one document while it is answered, and what came of it. */
export class DocumentGuard {
  readonly #after: AfterFacts['after'][number][] = [];
  readonly #moderated: Moderated[] = [];
  readonly #coveredParts = new WeakSet<ImagePart>();
  #blocked: string | undefined;
  #withheldText = false;

  constructor(
    private readonly terms: GuardTerms,
    readonly facts: GuardedDocument,
    private readonly moderators: ReadonlyMap<string, Moderator>,
    private readonly inspection: { readonly failures: string[]; readonly ran: Hop[]; readonly inspectMs: number },
  ) {
    this.#blocked = facts.blocked;
  }

  /** Why nobody may be asked, or why the answer is kept back; undefined when nothing speaks against it. */
  get blocked(): string | undefined {
    return this.#blocked;
  }

  get hidesAnything(): boolean {
    return this.facts.hidden.size > 0 || this.facts.covers.size > 0;
  }

  /** Whether answers are held against the document. */
  get checksAnswers(): boolean {
    return this.#rulesAfter.some(({ guardrail }) => guardrail === answerComplianceId);
  }

  isTrusted(provider: string): boolean {
    return this.terms.policy.trustedProviders.includes(provider);
  }

  coversOf(page: number): readonly Box[] {
    return this.facts.covers.get(page) ?? [];
  }

  noteCovered(part: ImagePart): void {
    this.#coveredParts.add(part);
  }

  isCovered(part: ImagePart): boolean {
    return this.#coveredParts.has(part);
  }

  report(): GuardrailReport {
    return reportOf(this.facts, { ...this.inspection, after: this.#after, moderated: this.#moderated });
  }

  /** An answer without the values that follow orders of the document, where the policy withholds them, and where those stood. */
  withhold(answer: unknown): { readonly answer: unknown; readonly paths: ReadonlySet<string> } {
    const found = decide(checkAnswer(answer, this.facts.answers), this.#rulesAfter);
    this.#after.push(...found);
    const paths = new Set(found.filter(isBlock).map(({ finding }) => finding.path));
    this.#withheldText = paths.has('');
    return { answer: paths.size === 0 ? answer : withholdFrom(answer, paths), paths };
  }

  /** The last look at an answer before it is given. Rejects as `moderate` does. */
  async checkEnd(answer: unknown, signal: AbortSignal): Promise<void> {
    const leaves = leavesOf(answer);
    const rules = this.#rulesAfter;
    const wanted = new Set(rules.map(({ guardrail }) => guardrail));
    const looking = guardrails.filter(({ id, places }) => places.includes('after-answer') && wanted.has(id));
    const findings = leaves.flatMap(({ path, value }): AnswerFinding[] => {
      const view = TextView.ofText(String(value));
      return looking
        .flatMap(({ inspect }) => inspect({ view }))
        .map(({ guardrail, kind, score, remark = kind }) => ({ guardrail, kind, score, path, remark }));
    });
    const decided = decide(findings, rules);
    this.#after.push(...decided);
    const block = decided.find(isBlock);
    if (block) this.#blocked ??= keptBack(block.finding);
    if (this.#withheldText) this.#blocked ??= keptBack({ guardrail: answerComplianceId, kind: 'demanded' });
    const texts = leaves.flatMap(({ value }) => (typeof value === 'string' && value.length > 1 ? [value] : []));
    await this.#moderate('after-answer', { texts: texts.length > 0 ? [texts.join('\n')] : [], pictures: [] }, signal);
  }

  /** Rejects with a retryable `StageError` when a moderator that must be asked cannot be. */
  async moderateBefore(pages: readonly ReadPage[], { store, scale }: GuardTools, signal: AbortSignal): Promise<void> {
    const isAsked = rulesFor(this.terms.policy, this.terms.whose, 'before-model').some(({ guardrail }) =>
      this.moderators.has(guardrail),
    );
    if (!isAsked) return;
    const texts = pages.flatMap(({ layout }) =>
      layout && layout.words.length > 0 ? [this.facts.hidden.hideIn(TextView.ofLayout(layout).text).text] : [],
    );
    const pictures: { page: number; bytes: Uint8Array }[] = [];
    for (const { read } of pages) {
      if (!read.image) continue;
      const bytes = await store.read(read.image);
      const scaled = await scale(bytes, { edgePx: moderatedEdgePx, cover: this.coversOf(read.page) });
      pictures.push({ page: read.page, bytes: scaled.bytes });
    }
    await this.#moderate('before-model', { texts, pictures }, signal);
  }

  async #moderate(
    at: GuardrailPlace,
    subject: Parameters<Moderator['moderate']>[0],
    signal: AbortSignal,
  ): Promise<void> {
    const rules = rulesFor(this.terms.policy, this.terms.whose, at);
    const terms = { rules, subject, regions: this.terms.regions };
    const { decided, failures, asked } = await askModerators(this.moderators, terms, signal);
    this.inspection.failures.push(...failures);
    this.inspection.ran.push(...asked.map(hopOf).filter(({ name }) => !this.#hasRun(name)));
    this.#moderated.push(...decided.map((one) => ({ ...one, at })));
    const block = decided.find(isBlock);
    if (block) this.#blocked ??= at === 'before-model' ? blockedSentence(block.finding) : keptBack(block.finding);
  }

  #hasRun(id: string): boolean {
    return this.inspection.ran.some(({ name }) => name === id);
  }

  get #rulesAfter() {
    return rulesFor(this.terms.policy, this.terms.whose, 'after-answer');
  }
}

const isBlock = ({ rule }: { readonly rule: { readonly do: string; readonly mode: string } }): boolean =>
  rule.do === 'block' && rule.mode === 'path';

const hopOf = ({ id, processedIn }: Moderator): Hop => ({
  ...{ kind: 'guardrail', name: id },
  ...(processedIn ? { regions: [...processedIn] } : {}),
});

const keptBack = ({ guardrail, kind }: { readonly guardrail: string; readonly kind: string }): string =>
  `The guardrail "${guardrail}" found "${kind}" in the answer, and the policy keeps such answers back; ask for something else, or ask the operator for another policy.`;
