import type { Tenant } from '@waybill/contracts';
import { currentTraceparent, traceparentFrom } from '@waybill/jetstream';
import { usdOf, type Picodollars } from '@waybill/llm-routing';
import { silentTracer, type SpanFacts, type Tracer } from '@waybill/telemetry';
import type { ChatAnswer } from './chat-answer.js';
import type { MadeCall } from './made-call.js';

/** Whose chat it is, and what it hangs below. */
export interface TracedChat {
  readonly tenant: Tenant;
  /** Of the client; the handled message's, or a new trace, without one. */
  readonly traceparent?: string | undefined;
}

const nowMs = (): number => performance.timeOrigin + performance.now();
const unixMs = (momentMs: number): number => performance.timeOrigin + momentMs;

/** The spans of one chat: itself, and below it each call that was made for it. Told when it is over. */
export class ChatTrace {
  private readonly calls: SpanFacts[] = [];
  private readonly startMs = nowMs();
  private spent: Picodollars = 0n;

  private constructor(
    private readonly tracer: Tracer,
    private readonly chat: TracedChat,
    private readonly parent: string,
  ) {}

  /** Undefined while nobody traces: then nothing is put together for it. */
  static begin(tracer: Tracer, chat: TracedChat): ChatTrace | undefined {
    if (tracer === silentTracer) return undefined;
    const { traceparent } = chat;
    return new ChatTrace(tracer, chat, traceparent === undefined ? currentTraceparent() : traceparentFrom(traceparent));
  }

  called(call: MadeCall): void {
    this.spent += call.spent;
    this.calls.push(spanOf(call));
  }

  /** Ends with the answer: at once when it is whole, else with its last piece. */
  around(answer: ChatAnswer): ChatAnswer {
    const { content, headers } = answer;
    if ('pieces' in content) return { headers, content: { pieces: this.followed(content.pieces) } };
    this.end();
    return answer;
  }

  /** @param failure why there is no answer */
  end(failure?: unknown): void {
    const { tenant } = this.chat;
    const said = failure === undefined ? undefined : failure instanceof Error ? failure.message : 'It failed.';
    const attributes = {
      'waybill.tenant': tenant,
      'waybill.calls': this.calls.length,
      'waybill.cost.usd': usdOf(this.spent),
    };
    const own = { name: 'answer chat', kind: 'internal', startMs: this.startMs, endMs: nowMs() } as const;
    this.tracer.record(this.parent, () => [
      { ...own, attributes, children: this.calls, ...(said === undefined ? {} : { failure: said }) },
    ]);
  }

  private async *followed(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let failure: unknown = new Error('The client has gone.');
    try {
      yield* pieces;
      failure = undefined;
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      this.end(failure);
    }
  }
}

/** With the names that a job's calls have. */
function spanOf({ route, isSimulated, startedMs, usage, outcome, failure, spent, firstPieceMs }: MadeCall): SpanFacts {
  const { card, inputTokens } = route.chosen;
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': card.provider,
    'gen_ai.request.model': card.id,
    'gen_ai.usage.input_tokens': usage?.inputTokens,
    'gen_ai.usage.output_tokens': usage?.outputTokens,
    'gen_ai.usage.cache_read.input_tokens': usage?.cachedInputTokens,
    'gen_ai.usage.cache_creation.input_tokens': usage?.cacheWrittenInputTokens,
    'gen_ai.usage.reasoning.output_tokens': usage?.reasoningTokens,
    'waybill.route.tier': card.tier,
    'waybill.route.outcome': outcome,
    'waybill.tokens_estimated': Math.round(inputTokens.expected),
    'waybill.first_piece_ms': firstPieceMs === undefined ? undefined : Math.round(firstPieceMs),
    'waybill.cost.usd': usdOf(spent),
    'waybill.simulated': isSimulated,
    ...(outcome === 'answered' ? {} : { 'error.type': outcome }),
  };
  const times = { startMs: unixMs(startedMs), endMs: nowMs() };
  const facts = { name: `chat ${card.id}`, kind: 'client', ...times, attributes, children: [] } as const;
  return failure === undefined ? facts : { ...facts, failure };
}
