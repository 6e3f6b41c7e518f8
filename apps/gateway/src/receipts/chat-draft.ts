import type { BatchId, FinalStatus, JobId, RoutedChat, Tenant } from '@waybill/contracts';
import {
  difficultyBandOf,
  usdOf,
  withBilledTokens,
  type ChatNote,
  type ChatAttempt,
  type RouteTable,
} from '@waybill/llm-routing';
import type { ChatFacts } from '../body/chat-facts.js';
import type { MadeCall } from '../calls/made-call.js';
import type { ChoiceOf, EndedChat, ReceiptQueue } from './receipt-queue.js';

/** Whose chat it is, and what is known of it before anybody is asked. */
export interface ChatToNote {
  readonly tenant: Tenant;
  readonly chatId: JobId;
  readonly batchId: BatchId | null;
  readonly facts: Pick<ChatFacts, 'model' | 'isStream'>;
  /** 0..1, where something is known of it. */
  readonly difficulty: number | undefined;
  readonly at: Date;
  readonly table: RouteTable;
}

const statusOf: Readonly<Record<string, FinalStatus>> = { answered: 'completed', abandoned: 'cancelled' };

/** What a chat's receipt will be made of: references alone, until the chat has ended. */
export class ChatDraft implements EndedChat {
  private readonly calls: MadeCall[] = [];
  private completion: string | undefined;
  private reason: string | undefined;
  private guardrails: string | undefined;
  private isStreaming = false;

  constructor(
    private readonly queue: ReceiptQueue,
    private readonly chat: ChatToNote,
  ) {}

  /** The id that the answer carries. */
  named(id: unknown): void {
    if (typeof id === 'string' && id.length > 0 && id.length <= 200) this.completion = id;
  }

  called(call: MadeCall): void {
    this.calls.push(call);
    if (this.isStreaming) this.queue.add(this);
  }

  /** There is an answer. It ends the chat when it is whole; a stream ends with its call. */
  answered(isWhole: 'whole' | 'stream', guardrails: string | undefined): void {
    this.guardrails = guardrails;
    if (isWhole === 'whole') this.queue.add(this);
    else this.isStreaming = true;
  }

  /** @param error why there is no answer */
  refused(error: unknown): void {
    this.reason = error instanceof Error ? error.message : 'It failed.';
    this.queue.add(this);
  }

  note(choiceOf: ChoiceOf): ChatNote {
    const { tenant, chatId, batchId } = this.chat;
    const attempts = this.calls.map((call) => ({ choice: choiceOf(call.route), own: this.ownOf(call) }));
    const completionId = this.completion ?? null;
    return { tenant, chatId, batchId, completionId, status: this.status, chat: this.told(), attempts };
  }

  private get status(): FinalStatus {
    const last = this.calls.at(-1);
    if (this.reason !== undefined && last?.outcome !== 'abandoned') return 'failed';
    return statusOf[last?.outcome ?? ''] ?? 'failed';
  }

  private told(): RoutedChat {
    const { batchId, facts, at } = this.chat;
    const reason = this.reason ?? this.calls.at(-1)?.failure;
    return {
      ...{ at: at.toISOString(), asked: facts.model, stream: facts.isStream },
      ...(this.completion === undefined ? {} : { completion: this.completion }),
      ...(batchId === null ? {} : { batch: batchId }),
      ...(reason === undefined ? {} : { reason }),
      ...(this.guardrails === undefined ? {} : { guardrails: this.guardrails }),
    };
  }

  /** As the attempt of a job is told; a chat asks for one thing, which has no parts. */
  private ownOf(call: MadeCall): ChatAttempt['own'] {
    const { route, reservation, usage, failure } = call;
    const { images, catalogVersion } = reservation.intent;
    const score = this.chat.difficulty ?? route.request.difficulty;
    const own: Mutable<ChatAttempt['own']> = {
      at: call.at.toISOString(),
      asked: [],
      difficulty: { score, band: difficultyBandOf(this.chat.table.policy, score) },
      outcome: call.outcome,
      doubtful: [],
      coercions: [],
      costUsd: usdOf(call.spent),
      durationMs: Math.round(call.durationMs),
      catalogVersion,
      reservation: reservation.id,
    };
    // Filled and not spread: that is what a short chat's receipt costs.
    if (call.isSimulated) own.simulated = true;
    if (failure !== undefined) own.reason = failure;
    if (usage) own.usage = usage;
    if (images) own.images = usage ? withBilledTokens(images, usage) : [...images];
    return own;
  }
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
