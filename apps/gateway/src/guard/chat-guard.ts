import {
  answerComplianceId,
  askModerators,
  checkAnswer,
  decide,
  guardrails,
  rulesFor,
  TextView,
  type Decided,
  type GuardedDocument,
  type GuardrailRule,
  type GuardTerms,
  type Moderator,
  type PieceRestorer,
  type RouteTo,
  type ValueSpelling,
} from '@waybill/guardrails';
import type { ChatBody } from '../body/chat-body.js';
import { chatFacts, type ChatFacts } from '../body/chat-facts.js';
import { DoorError } from '../http/door-error.js';
import type { GuardTally } from './guard-tally.js';

/** A chat as a provider is shown it. */
export interface ShownChat {
  readonly body: ChatBody;
  readonly facts: ChatFacts;
}

/** What was decided about a chat before anybody is asked. */
export interface GuardedChat {
  readonly terms: GuardTerms;
  readonly facts: GuardedDocument;
  /** With its values hidden, and as the client wrote it. */
  readonly hidden: ChatBody;
  readonly plain: ChatBody;
}

interface Judged {
  readonly guardrail: string;
  readonly kind: string;
  readonly score: number;
}

/** What holds for one chat: which of it a provider sees, and what becomes of its answer. */
export class ChatGuard {
  private readonly rulesAfter: readonly GuardrailRule[];
  private readonly shown: { readonly hidden: ShownChat; readonly plain: ShownChat };
  /** Providers that were shown placeholders. */
  private wasHidden = false;

  constructor(
    private readonly chat: GuardedChat,
    private readonly moderators: ReadonlyMap<string, Moderator>,
    readonly tally: GuardTally,
  ) {
    const { hidden, plain, terms, facts } = chat;
    // Without an order in what was sent, nothing of an answer can follow one.
    this.rulesAfter = rulesFor(terms.policy, terms.whose, 'after-answer').filter(
      ({ guardrail }) => guardrail !== answerComplianceId || facts.isSuspicious,
    );
    this.shown = {
      hidden: { body: hidden, facts: chatFacts(hidden) },
      plain: hidden === plain ? { body: hidden, facts: chatFacts(hidden) } : { body: plain, facts: chatFacts(plain) },
    };
  }

  get routeTo(): readonly RouteTo[] {
    return this.chat.facts.routeTo;
  }

  /** What is known of the chat for choosing who is asked. */
  get facts(): ChatFacts {
    return this.shown.hidden.facts;
  }

  /** What a provider is sent. */
  showTo(provider: string): ShownChat {
    const isTrusted = this.chat.terms.policy.trustedProviders.includes(provider);
    this.wasHidden = !isTrusted && this.chat.facts.hidden.size > 0;
    return isTrusted ? this.shown.plain : this.shown.hidden;
  }

  /** Whether placeholders may stand in the answer. */
  get restores(): boolean {
    return this.wasHidden;
  }

  /** Whether anything is to be found out about an answer. */
  get looksAtAnswers(): boolean {
    return this.rulesAfter.length > 0;
  }

  /** Whether an answer may have to be kept back, so that none of it is told before all of it is known. */
  get mayKeepBack(): boolean {
    return this.rulesAfter.some((rule) => rule.do === 'block' && rule.mode === 'path');
  }

  /** How a value stands in an answer's text: inside of JSON where the client asked for that. */
  get spelling(): ValueSpelling {
    return this.facts.answersInJson ? 'json-string' : 'text';
  }

  restore(text: string, spelling: ValueSpelling): string {
    return this.chat.facts.hidden.restoreText(text, spelling);
  }

  restorer(spelling: ValueSpelling): PieceRestorer {
    return this.chat.facts.hidden.restorer(spelling);
  }

  /**
   * Looks at an answer's texts as the model wrote them. @throws DoorError `guardrail_blocked` when it is kept back; rejects
   * with a retryable `StageError` when a moderator that must be asked cannot be
   */
  async judge(texts: readonly string[], signal: AbortSignal): Promise<void> {
    if (!this.looksAtAnswers) return;
    const decided = decide(
      texts.flatMap((text) => this.findingsIn(text)),
      this.rulesAfter,
    );
    this.take(decided);
    const subject = { texts: [texts.join('\n')].filter((text) => text.length > 1), pictures: [] };
    const moderated = await askModerators(this.moderators, { rules: this.rulesAfter, subject }, signal);
    this.take(moderated.decided);
  }

  private findingsIn(text: string): Judged[] {
    const wanted = new Set(this.rulesAfter.map(({ guardrail }) => guardrail));
    const local = guardrails
      .filter(({ id, places }) => places.includes('after-answer') && wanted.has(id))
      .flatMap(({ inspect }) => inspect({ view: TextView.ofText(text) }));
    // What a client asks for sounds like what a page should not say; in chats only found orders count.
    const context = { ...this.chat.facts.answers, doubts: undefined };
    return [...local, ...(wanted.has(answerComplianceId) ? checkAnswer(parsedOrText(text), context) : [])];
  }

  private take(decided: readonly Decided<Judged>[]): void {
    this.tally.add(decided);
    const block = decided.find(({ rule }) => rule.do === 'block' && rule.mode === 'path');
    if (!block) return;
    const { guardrail, kind } = block.finding;
    const sentence = `The guardrail "${guardrail}" found "${kind}" in the answer, and the policy keeps such answers back; ask for something else, or ask the operator for another policy.`;
    throw new DoorError(400, 'guardrail_blocked', sentence);
  }
}

function parsedOrText(text: string): unknown {
  if (!text.startsWith('{')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
