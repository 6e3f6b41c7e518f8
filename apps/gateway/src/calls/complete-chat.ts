import type { BatchId, JobId, Tenant } from '@waybill/contracts';
import type { Sensitivity } from '@waybill/guardrails';
import { ModelError, type CallStop, type ChatWire } from '@waybill/llm-routing';
import { newJobId } from '@waybill/jobs';
import type { ChatBody } from '../body/chat-body.js';
import { mayNameAddresses } from '../addresses/may-name-addresses.js';
import { chatFacts, type ChatFacts } from '../body/chat-facts.js';
import type { ChatGuard } from '../guard/chat-guard.js';
import { guardStream } from '../guard/guard-stream.js';
import { guardWhole } from '../guard/guard-whole.js';
import { DoorError, doorErrorOf } from '../http/door-error.js';
import type { SizedChat } from '../pictures/shrink-pictures.js';
import { isWaybillName, unstatedOutputTokens, type ChatChoice } from '../routing/choose-chat-model.js';
import { chatDifficulty, type ChatDifficulty } from '../routing/chat-difficulty.js';
import { ChatDraft } from '../receipts/chat-draft.js';
import { ReceiptQueue } from '../receipts/receipt-queue.js';
import { RecentChoices } from '../routing/recent-choices.js';
import { BookedCall, type CallToBook } from './booked-call.js';
import type { ChatAnswer, MadeAnswer } from './chat-answer.js';
import type { ChatTools } from './chat-tools.js';
import { ChatTrace } from './chat-trace.js';
import { followPieces } from './follow-pieces.js';
import { passThrough } from './pass-through.js';
import { translateChat } from './translate-chat.js';

export interface ChatRequest {
  readonly tenant: Tenant;
  /** Its own, new one when nobody says. */
  readonly chatId?: JobId;
  /** What may be shown of the credential that asks; its money is booked under it. */
  readonly credential?: string | undefined;
  readonly body: ChatBody;
  /** How freely it may be handled, for the guardrails; `internal` when nobody says. */
  readonly sensitivity?: Sensitivity | undefined;
  /** What it belongs to and is booked under; without it, it stands for itself. */
  readonly of?: { readonly id: BatchId; readonly part: string };
  /** Of the client, for whoever traces. */
  readonly traceparent?: string | undefined;
  /** Hears a whole answer before it is booked: an answer that is paid for is not lost then. */
  readonly keep?: (body: Buffer) => Promise<void>;
}

type WholeAnswer = Extract<MadeAnswer, { kind: 'whole' }>;

interface TracedRequest extends ChatRequest {
  readonly trace?: ChatTrace;
}

/** A request whose body was looked at. */
interface Known {
  readonly request: TracedRequest;
  readonly chatId: JobId;
  readonly body: ChatBody;
  readonly asked: ChatFacts;
  readonly judged: ChatDifficulty | undefined;
  readonly draft: ChatDraft | undefined;
}

interface Attempt extends CallToBook {
  readonly chatId: JobId;
  readonly body: ChatBody;
  readonly facts: ChatFacts;
  readonly shrunk: string | undefined;
  readonly guard: ChatGuard | undefined;
  readonly judged: ChatDifficulty | undefined;
  readonly keep: ChatRequest['keep'];
}

const mostModels = 3;
/** What another model may well answer. */
const elsewhere = new Set(['rate-limited', 'overloaded', 'timeout', 'auth', 'unknown', 'truncated', 'malformed']);

/** One chat, answered by whoever does it best; docs/openai-door.md. */
export class CompleteChat {
  private readonly choices: RecentChoices;
  private readonly receipts: ReceiptQueue | undefined;

  constructor(private readonly tools: ChatTools) {
    const choices = new RecentChoices(tools);
    const { receipts, log } = tools;
    this.choices = choices;
    this.receipts =
      receipts &&
      new ReceiptQueue(receipts, {
        choiceOf: (route) => choices.noted(route),
        onTrouble: (err) => log.warn({ err }, 'Receipts of chats cannot be written now; trying again.'),
        onLost: (count) =>
          log.warn({ count }, 'Receipts of chats were left out: they could not be written for too long.'),
      });
  }

  /** Writes down what is not written yet. No chat is under way any more. */
  async close(): Promise<void> {
    await this.receipts?.close();
  }

  /** @throws DoorError, or the reason of the stop when that is no `ModelError`: the client has gone */
  complete(request: ChatRequest, stop: CallStop): Promise<ChatAnswer> {
    const trace = ChatTrace.begin(this.tools.tracer, request);
    return trace ? this.traced(trace, request, stop) : this.answer(request, stop);
  }

  private async traced(trace: ChatTrace, request: ChatRequest, stop: CallStop): Promise<ChatAnswer> {
    try {
      return trace.around(await this.answer({ ...request, trace }, stop));
    } catch (error) {
      trace.end(error);
      throw error;
    }
  }

  private async answer(request: TracedRequest, stop: CallStop): Promise<ChatAnswer> {
    const body = mayNameAddresses(request.body) ? await this.embedded(request.body, stop) : request.body;
    const asked = chatFacts(body);
    const judged = this.judged(body, asked);
    const chatId = request.chatId ?? newJobId();
    const draft = this.receipts && this.draft(this.receipts, { request, chatId, asked, judged });
    const known: Known = { request, chatId, body, asked, judged, draft };
    if (!draft) return await this.routed(known, stop);
    try {
      return await this.routed(known, stop);
    } catch (error) {
      draft.refused(stop.reason ?? error);
      throw error;
    }
  }

  private draft(queue: ReceiptQueue, { request, chatId, asked, judged }: Omit<Known, 'body' | 'draft'>): ChatDraft {
    return new ChatDraft(queue, {
      tenant: request.tenant,
      chatId,
      batchId: request.of?.id ?? null,
      facts: asked,
      difficulty: judged?.score,
      at: this.tools.clock.now(),
      table: this.tools.table(),
    });
  }

  private async routed({ request, chatId, body, asked, judged, draft }: Known, stop: CallStop): Promise<ChatAnswer> {
    const guard = this.tools.guards && (await this.guarded({ ...request, body }, asked, stop));
    // A guarded body is written anew around the files of this one.
    if (guard) body.bytes.share();
    const facts = guard?.facts ?? asked;
    const keyOf = callKeys(request, chatId);
    const tried: string[] = [];
    for (;;) {
      const now = this.tools.clock.now();
      const choice = { facts, exclude: tried, now, difficulty: judged?.score, within: guard?.routeTo };
      const route = this.choices.choose(choice);
      const { chosen } = route;
      tried.push(chosen.card.id);
      try {
        const whole: SizedChat = guard?.showTo(chosen.card.provider) ?? { body, facts };
        const shown = whole.facts.embedded.length === 0 ? whole : await this.tools.sizes.forModel(whole, chosen.card);
        // Written out, as all that a short chat makes: spreading one object into another costs more than filling it.
        const attempt: Attempt = {
          tenant: request.tenant,
          credential: request.credential,
          chatId,
          trace: request.trace,
          draft,
          keep: request.keep,
          body: shown.body,
          facts: shown.facts,
          shrunk: shown.told,
          guard,
          judged,
          route,
          key: keyOf(tried.length),
          outputTokensMost: shown.facts.maxOutputTokens ?? unstatedOutputTokens,
        };
        return await this.attempt(attempt, tried, stop);
      } catch (error) {
        const failure: unknown = stop.reason ?? error;
        if (!(failure instanceof ModelError)) throw failure;
        const isLast =
          stop.reason !== undefined || tried.length === mostModels || !isWaybillName(facts.model) || body.bytes.isGone;
        if (isLast || !elsewhere.has(failure.kind) || !this.hasAnother(choice)) throw doorErrorOf(failure);
      }
    }
  }

  /** What was learned about prompts like this one, where that was asked for and the client leaves it open. */
  private judged(body: ChatBody, facts: ChatFacts): ChatDifficulty | undefined {
    const prior = facts.model === 'waybill/auto' ? this.tools.prior() : undefined;
    return prior && chatDifficulty(body, facts, prior);
  }

  private async embedded(body: ChatBody, stop: CallStop): Promise<ChatBody> {
    const embedded = await this.tools.pictures.into(body, stop).catch((error: unknown) => {
      throw error instanceof ModelError ? doorErrorOf(error) : error;
    });
    if (embedded !== body) body.bytes.release();
    return embedded;
  }

  private async guarded(
    { tenant, body, sensitivity = 'internal' }: ChatRequest,
    facts: ChatFacts,
    { signal }: CallStop,
  ): Promise<ChatGuard | undefined> {
    return await this.tools.guards?.open({ tenant, sensitivity, body, facts }, signal);
  }

  private hasAnother(choice: ChatChoice): boolean {
    try {
      return Boolean(this.choices.choose(choice));
    } catch (error) {
      if (error instanceof DoorError) return false;
      throw error;
    }
  }

  private async attempt(attempt: Attempt, tried: readonly string[], stop: CallStop): Promise<ChatAnswer> {
    const call = await BookedCall.begin(this.tools, attempt);
    const { guard, facts, draft } = attempt;
    const { chosen } = attempt.route;
    const wire = this.wireFor(attempt);
    let made: MadeAnswer;
    try {
      made = wire ? await passThrough(wire, chosen, attempt, stop) : await this.translated(attempt, stop);
    } catch (error) {
      await call.fail(error);
      throw error;
    }
    const headers: Record<string, string> = {
      'x-request-id': attempt.chatId,
      'x-waybill-model': chosen.card.id,
      'x-waybill-route': `${wire ? 'pass-through' : 'translated'}; asked=${facts.model}; tried=${tried.length}`,
    };
    if (attempt.judged) headers['x-waybill-difficulty'] = attempt.judged.told;
    if (attempt.shrunk) headers['x-waybill-pictures'] = attempt.shrunk;
    if (this.tools.simulated.has(chosen.card.provider)) headers['x-waybill-simulated'] = 'true';
    if (made.kind === 'stream') {
      const pieces = followPieces(made, call);
      tell(headers, guard);
      draft?.answered('stream', headers['x-waybill-guardrails']);
      return { headers, content: { pieces: guard ? guardStream(pieces, guard, stop.signal) : pieces } };
    }
    if (!guard && !attempt.keep) {
      headers['x-waybill-cost-usd'] = await call.succeed(made.usage);
      draft?.answered('whole', undefined);
      return { headers, content: { body: made.body } };
    }
    const { body, costUsd } = await this.keepAndBook(attempt, made, { call, stop });
    tell(headers, guard);
    headers['x-waybill-cost-usd'] = costUsd;
    draft?.answered('whole', headers['x-waybill-guardrails']);
    return { headers, content: { body } };
  }

  private async keepAndBook(
    { keep, guard }: Attempt,
    { body, usage }: WholeAnswer,
    { call, stop }: { readonly call: BookedCall; readonly stop: CallStop },
  ): Promise<{ readonly body: Buffer; readonly costUsd: string }> {
    const finish = async (): Promise<Buffer> => {
      const safe = guard ? await guardWhole(body, guard, stop.signal) : body;
      await keep?.(safe);
      return safe;
    };
    const [kept] = await Promise.allSettled([finish()]);
    // It was paid for, whether or not it may be told and could be kept.
    const costUsd = await call.succeed(usage);
    if (kept.status === 'rejected') throw kept.reason;
    return { body: kept.value, costUsd };
  }

  /** Who takes the client's own bytes; undefined where they have to be translated. */
  private wireFor({ facts, route: { chosen } }: Attempt): ChatWire | undefined {
    const wire = this.tools.wires.get(chosen.card.provider);
    return wire && (wire.takesSchema || !facts.hasSchema) ? wire : undefined;
  }

  private async translated(attempt: Attempt, stop: CallStop): Promise<MadeAnswer> {
    const { chosen } = attempt.route;
    const { provider } = chosen.card;
    const translator = this.tools.providers.get(provider);
    if (!translator) throw new Error(`The provider ${provider} is in the catalog of this door and not configured.`);
    const deadline = new Date(this.tools.clock.now().getTime() + this.tools.timeoutMs);
    const asked = { ...attempt, model: chosen.card, deadline };
    return await translateChat(translator, asked, stop.signal);
  }
}

/** What the guardrails found, as a header; none where they found nothing. */
function tell(headers: Record<string, string>, guard: ChatGuard | undefined): void {
  const found = guard?.tally.toString() ?? '';
  if (found !== '') headers['x-waybill-guardrails'] = found;
}

/** The identity of each attempt's reservation. A part of something is answered once a delivery, so its keys are new each time. */
function callKeys({ of: whole }: ChatRequest, chatId: JobId): (attempt: number) => string {
  return whole ? (attempt) => `${whole.id}/${whole.part}-${chatId}-${attempt}` : (attempt) => `${chatId}/${attempt}`;
}
