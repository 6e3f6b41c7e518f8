import type { JobId, Tenant } from '@waybill/contracts';
import {
  ModelError,
  noUsage,
  priceUsage,
  usdOf,
  type Admission,
  type ModelUsage,
  type Picodollars,
  type Reservation,
  type ReserveAnswer,
} from '@waybill/llm-routing';
import type { ChatFacts } from '../body/chat-facts.js';
import { DoorError } from '../http/door-error.js';
import { sentPictures } from '../pictures/shrink-pictures.js';
import type { ChatTools } from './chat-tools.js';
import type { ChatTrace } from './chat-trace.js';
import type { MadeCall } from './made-call.js';
import type { ChatDraft } from '../receipts/chat-draft.js';
import type { ChosenRoute } from '../routing/choose-chat-model.js';

export interface CallToBook {
  readonly tenant: Tenant;
  readonly credential: string | undefined;
  readonly route: ChosenRoute;
  /** `chat/attempt`: the identity of the reservation. */
  readonly key: string;
  readonly outputTokensMost: number;
  /** As it is sent. */
  readonly facts: ChatFacts;
  readonly trace?: ChatTrace | undefined;
  readonly draft?: ChatDraft | undefined;
}

type Admitted = Extract<Admission, { kind: 'admitted' }>;
/** A reservation outlives its call. */
const leaseMarginMs = 60_000;
/** What is reserved is rounded up to whole nano-dollars. */
const picodollarsInNano = 1_000n;
/** A piece of a stream is about so long for each token in it, with what stands around it. */
const bytesPerStreamedToken = 200;
/** Of what a chat has none. */
const none: never[] = [];

/** One call's place among all calls, and its money: admitted and reserved before, told and settled after, once. */
export class BookedCall {
  private firstPieceMs: number | undefined;
  private streamedBytes = 0;
  private readonly startedMs: number;
  private readonly startedAt: Date;

  private constructor(
    private readonly tools: ChatTools,
    private readonly call: CallToBook,
    private readonly admission: Admitted,
    private readonly reservation: Reservation,
  ) {
    this.startedMs = performance.now();
    this.startedAt = tools.clock.now();
  }

  /** @throws ModelError `rate-limited` when the model rests, DoorError when a budget is spent */
  static async begin(tools: ChatTools, call: CallToBook): Promise<BookedCall> {
    const { chosen } = call.route;
    const admission = await tools.state.admit({
      model: chosen.card.id,
      provider: chosen.card.provider,
      inputTokens: chosen.inputTokens.most,
      outputTokens: call.outputTokensMost,
    });
    if (admission.kind === 'wait') {
      const sentence = `${chosen.card.id} rests: ${admission.reason}`;
      throw new ModelError('rate-limited', sentence, { until: admission.until });
    }
    let reserved: ReserveAnswer;
    try {
      reserved = await reserve(tools, call);
    } catch (error) {
      await admission.report({ kind: 'abandoned' });
      throw error;
    }
    if (reserved.kind === 'reserved') return new BookedCall(tools, call, admission, reserved.reservation);
    await admission.report({ kind: 'abandoned' });
    throw budgetError(reserved);
  }

  piece(bytes: number): void {
    this.firstPieceMs ??= performance.now() - this.startedMs;
    this.streamedBytes += bytes;
  }

  /** @returns what it cost in US dollars, as decimals. Where the provider tells no usage, the estimate is booked. */
  async succeed(told: ModelUsage | undefined): Promise<string> {
    const totalMs = performance.now() - this.startedMs;
    const usage = told ?? this.estimatedUsage();
    // What it teaches of the model concerns later calls: this one's answer goes out first.
    setImmediate(() => {
      void this.admission.report({
        kind: 'answered',
        totalMs,
        outputTokens: usage.outputTokens,
        estimatedInputTokens: told ? Math.round(this.call.route.chosen.inputTokens.expected) : 0,
        billedInputTokens: told ? usage.inputTokens : 0,
        cachedInputTokens: usage.cachedInputTokens,
        // Of an answer that comes whole nobody knows when its first token was there.
        ...(this.firstPieceMs === undefined ? undefined : { firstTokenMs: this.firstPieceMs }),
      });
    });
    const spent = this.priceOf(usage);
    await this.settle(usage, spent, totalMs);
    this.tell(usage, spent);
    return decimals(spent);
  }

  /** A failed call is paid for as far as it was billed; one that was given up, as far as it is likely to be. */
  async fail(error: unknown): Promise<void> {
    const isOurs = !(error instanceof ModelError);
    await this.admission.report(isOurs ? { kind: 'abandoned' } : { kind: 'failed', error });
    const usage = isOurs || this.streamedBytes > 0 ? this.estimatedUsage() : undefined;
    const billed = (isOurs ? undefined : error.facts.usage) ?? usage;
    const spent = billed ? this.priceOf(billed) : 0n;
    if (billed) await this.settle(billed, spent, performance.now() - this.startedMs);
    else await this.tools.purse.release(this.reservation);
    this.tell(billed, spent, error instanceof ModelError ? error : 'abandoned');
  }

  private tell(usage: ModelUsage | undefined, spent: Picodollars, failure?: ModelError | 'abandoned'): void {
    const { trace, draft, route } = this.call;
    if (!trace && !draft) return;
    const isGivenUp = failure === 'abandoned';
    const made: MadeCall = {
      route,
      reservation: this.reservation,
      isSimulated: this.tools.simulated.has(route.chosen.card.provider),
      startedMs: this.startedMs,
      at: this.startedAt,
      firstPieceMs: this.firstPieceMs,
      durationMs: performance.now() - this.startedMs,
      outcome: failure === undefined ? 'answered' : isGivenUp ? failure : failure.kind,
      failure: isGivenUp ? 'It was given up.' : failure?.message,
      usage,
      spent,
    };
    trace?.called(made);
    draft?.called(made);
  }

  private priceOf(usage: ModelUsage): Picodollars {
    const { prices } = this.call.route.chosen.card;
    return prices ? priceUsage(prices, usage) : 0n;
  }

  private settle(usage: ModelUsage, spent: Picodollars, durationMs: number): Promise<void> {
    const { id: model } = this.call.route.chosen.card;
    return this.tools.purse.settle(this.reservation, { spent, usage, model, durationMs: Math.round(durationMs) });
  }

  private estimatedUsage(): ModelUsage {
    const outputTokens = Math.ceil(this.streamedBytes / bytesPerStreamedToken);
    return { ...noUsage, inputTokens: Math.round(this.call.route.chosen.inputTokens.expected), outputTokens };
  }
}

function reserve(
  { table, purse, simulated, timeoutMs }: ChatTools,
  { tenant, credential, route, key, facts }: CallToBook,
): Promise<ReserveAnswer> {
  const { card, inputTokens, cost } = route.chosen;
  return purse.reserve({
    job: { tenant, jobId: key.slice(0, key.indexOf('/')) as JobId },
    tags: none,
    credential,
    document: 0,
    pages: none,
    idempotencyKey: `chat/${key}`,
    purpose: 'chat',
    task: 'chat',
    provider: card.provider,
    model: card.id,
    tier: card.tier,
    catalogVersion: table().catalog.version,
    most: BigInt(Math.ceil(cost.mostUsd * 1e9)) * picodollarsInNano,
    estimatedInputTokens: Math.round(inputTokens.expected),
    ...(facts.embedded.length > 0 ? { images: sentPictures(facts, card) } : undefined),
    simulated: simulated.has(card.provider),
    leaseMs: timeoutMs + leaseMarginMs,
  });
}

function budgetError(answer: Exclude<ReserveAnswer, { kind: 'reserved' }>): Error {
  if (answer.kind === 'settled') return new Error('A new call was found to be paid already.');
  if (answer.kind === 'wait') {
    return new DoorError(429, 'rate_limit_exceeded', answer.reason, { retryAt: answer.until });
  }
  return new DoorError(402, 'budget_exceeded', answer.reason);
}

const decimals = (spent: bigint): string => usdOf(spent).toFixed(12).replace(/0+$/, '').replace(/\.$/, '');
