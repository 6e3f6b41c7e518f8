import type { Tenant } from '@waybill/contracts';
import { ModelError, type CallStop, type Candidate } from '@waybill/llm-routing';
import { newJobId } from '@waybill/jobs';
import type { ChatBody } from '../body/chat-body.js';
import { chatFacts, type ChatFacts } from '../body/chat-facts.js';
import { DoorError, doorErrorOf } from '../http/door-error.js';
import { chooseChatModel, isWaybillName, unstatedOutputTokens } from '../routing/choose-chat-model.js';
import { BookedCall } from './booked-call.js';
import { doneEvent, type ChatAnswer, type MadeAnswer } from './chat-answer.js';
import type { ChatTools } from './chat-tools.js';
import { passThrough } from './pass-through.js';
import { translateChat } from './translate-chat.js';

export interface ChatRequest {
  readonly tenant: Tenant;
  readonly body: ChatBody;
  /** What it belongs to and is booked under; without it, it stands for itself. */
  readonly of?: { readonly id: string; readonly part: string };
  /** Hears a whole answer before it is booked: an answer that is paid for is not lost then. */
  readonly keep?: (body: Buffer) => Promise<void>;
}

type WholeAnswer = Extract<MadeAnswer, { kind: 'whole' }>;

interface Attempt extends ChatRequest {
  readonly facts: ChatFacts;
  readonly chosen: Candidate;
  readonly key: string;
}

const mostModels = 3;
/** What another model may well answer. */
const elsewhere = new Set(['rate-limited', 'overloaded', 'timeout', 'auth', 'unknown', 'truncated', 'malformed']);

/** One chat, answered by whoever does it best; docs/openai-door.md. */
export class CompleteChat {
  constructor(private readonly tools: ChatTools) {}

  /** @throws DoorError, or the reason of the stop when that is no `ModelError`: the client has gone */
  async complete(request: ChatRequest, stop: CallStop): Promise<ChatAnswer> {
    const { table, state, clock, pictures } = this.tools;
    const body = await pictures.into(request.body, stop).catch((error: unknown) => {
      throw error instanceof ModelError ? doorErrorOf(error) : error;
    });
    const facts = chatFacts(body);
    const keyOf = callKeys(request);
    const tried: string[] = [];
    for (;;) {
      const chosen = chooseChatModel(table(), state.knowledge(), { facts, exclude: tried, now: clock.now() });
      tried.push(chosen.card.id);
      try {
        return await this.attempt({ ...request, body, facts, chosen, key: keyOf(tried.length) }, tried, stop);
      } catch (error) {
        const failure: unknown = stop.reason ?? error;
        if (!(failure instanceof ModelError)) throw failure;
        const isLast = stop.reason !== undefined || tried.length === mostModels || !isWaybillName(facts.model);
        if (isLast || !elsewhere.has(failure.kind) || !this.hasAnother(facts, tried)) throw doorErrorOf(failure);
      }
    }
  }

  private hasAnother(facts: ChatFacts, exclude: readonly string[]): boolean {
    try {
      const { table, state, clock } = this.tools;
      return Boolean(chooseChatModel(table(), state.knowledge(), { facts, exclude, now: clock.now() }));
    } catch (error) {
      if (error instanceof DoorError) return false;
      throw error;
    }
  }

  private async attempt(attempt: Attempt, tried: readonly string[], stop: CallStop): Promise<ChatAnswer> {
    const call = await BookedCall.begin(this.tools, {
      ...attempt,
      outputTokensMost: attempt.facts.maxOutputTokens ?? unstatedOutputTokens,
    });
    let made: MadeAnswer & { readonly how: string };
    try {
      made = await this.make(attempt, stop);
    } catch (error) {
      await call.fail(error);
      throw error;
    }
    const headers = {
      'x-waybill-model': attempt.chosen.card.id,
      'x-waybill-route': `${made.how}; asked=${attempt.facts.model}; tried=${tried.length}`,
      ...(this.tools.simulated.has(attempt.chosen.card.provider) ? { 'x-waybill-simulated': 'true' } : {}),
    };
    if (made.kind === 'stream') return { headers, content: { pieces: followed(made, call) } };
    const costUsd = await this.keepAndBook(attempt, made, call);
    return { headers: { ...headers, 'x-waybill-cost-usd': costUsd }, content: { body: made.body } };
  }

  private async keepAndBook({ keep }: Attempt, { body, usage }: WholeAnswer, call: BookedCall): Promise<string> {
    const kept = await Promise.allSettled([keep?.(body)]);
    // It was paid for, whether or not it could be kept.
    const costUsd = await call.succeed(usage);
    for (const each of kept) if (each.status === 'rejected') throw each.reason;
    return costUsd;
  }

  private async make(attempt: Attempt, stop: CallStop): Promise<MadeAnswer & { readonly how: string }> {
    const { facts, chosen, body } = attempt;
    const { provider } = chosen.card;
    const wire = this.tools.wires.get(provider);
    if (wire && (wire.takesSchema || !facts.hasSchema)) {
      return { ...(await passThrough(wire, chosen, { body, facts }, stop)), how: 'pass-through' };
    }
    const translator = this.tools.providers.get(provider);
    if (!translator) throw new Error(`The provider ${provider} is in the catalog of this door and not configured.`);
    const deadline = new Date(this.tools.clock.now().getTime() + this.tools.timeoutMs);
    const asked = { ...attempt, model: chosen.card, deadline };
    return { ...(await translateChat(translator, asked, stop.signal)), how: 'translated' };
  }
}

/** The identity of each attempt's reservation. A part of something is answered once a delivery, so its keys are new each time. */
function callKeys({ of: whole }: ChatRequest): (attempt: number) => string {
  const chatId = newJobId();
  return whole ? (attempt) => `${whole.id}/${whole.part}-${chatId}-${attempt}` : (attempt) => `${chatId}/${attempt}`;
}

/** The pieces, and at their end the bill. Whoever stops listening gives the call up. */
async function* followed(
  { pieces }: Extract<MadeAnswer, { kind: 'stream' }>,
  call: BookedCall,
): AsyncGenerator<Buffer> {
  let isOver = false;
  try {
    for (;;) {
      const next = await pieces.next();
      if (next.done) {
        isOver = true;
        const costUsd = await call.succeed(next.value.usage);
        yield Buffer.concat([Buffer.from(`: waybill cost-usd=${costUsd}\n\n`), doneEvent]);
        return;
      }
      call.piece(next.value.length);
      yield next.value;
    }
  } catch (error) {
    if (isOver) throw error;
    isOver = true;
    await call.fail(error);
    throw error instanceof ModelError ? doorErrorOf(error) : error;
  } finally {
    if (!isOver) {
      await call.fail(undefined);
      await pieces.return({ usage: undefined });
    }
  }
}
