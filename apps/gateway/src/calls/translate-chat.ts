import {
  ModelError,
  type ModelAnswer,
  type ModelCard,
  type ModelEvent,
  type ModelProvider,
  type ModelUsage,
} from '@waybill/llm-routing';
import type { ChatBody } from '../body/chat-body.js';
import type { ChatFacts } from '../body/chat-facts.js';
import { DoorError } from '../http/door-error.js';
import { unstatedOutputTokens } from '../routing/choose-chat-model.js';
import type { ChatDraft } from '../receipts/chat-draft.js';
import type { MadeAnswer, StreamEnd } from './chat-answer.js';
import { eventOf } from './chat-answer.js';
import { CompletionWriter, type CompletionFinish } from './completion-writer.js';
import { modelRequestOf } from './model-request-of.js';
import { readWrittenRequest } from './read-written-request.js';

export interface ChatToTranslate {
  readonly body: ChatBody;
  readonly facts: ChatFacts;
  readonly model: ModelCard;
  readonly key: string;
  readonly deadline: Date;
  readonly draft?: Pick<ChatDraft, 'named'> | undefined;
}

/** Asks a provider that speaks another language, and answers in OpenAI's. */
export async function translateChat(
  provider: ModelProvider,
  { body, facts, model, key: idempotencyKey, deadline, draft }: ChatToTranslate,
  signal: AbortSignal,
): Promise<MadeAnswer> {
  const request = modelRequestOf(readWrittenRequest(body, facts.files), {
    ...{ model: model.model, deadline, idempotencyKey },
    maxOutputTokens: facts.maxOutputTokens ?? unstatedOutputTokens,
  });
  // All that is asked for was copied.
  body.bytes.sent();
  const writer = new CompletionWriter(model.id, Date.now());
  draft?.named(writer.id);
  if (!facts.isStream) {
    const { answer, finish } = await provider.call(request, signal).then(ended, cutAtLimit);
    return { kind: 'whole', body: writer.whole(answer, finish), usage: answer.usage };
  }
  if (!provider.stream) {
    throw new DoorError(400, 'unsupported_parameter', `${model.id} cannot stream; ask without "stream".`);
  }
  const events = provider.stream(request, signal)[Symbol.asyncIterator]();
  // Who fails before the first piece can still be followed by somebody else.
  const first = await events.next();
  return { kind: 'stream', pieces: pieces(first, events, writer, facts.wantsUsage) };
}

type Said = Pick<ModelAnswer, 'text' | 'toolCalls' | 'usage'>;
interface Ended {
  readonly answer: Said;
  readonly finish: CompletionFinish;
}

const ended = (answer: ModelAnswer): Ended => ({
  answer,
  finish: answer.finish === 'tool-calls' ? 'tool_calls' : 'stop',
});

/** For OpenAI's clients an answer that reached their own limit is an answer. */
function cutAtLimit(error: unknown): Ended {
  if (!(error instanceof ModelError) || error.facts.endedAt !== 'output-limit' || !error.facts.usage) throw error;
  const { text = '', usage } = error.facts;
  return { answer: { text, toolCalls: [], usage }, finish: 'length' };
}

async function* pieces(
  first: IteratorResult<ModelEvent>,
  events: AsyncIterator<ModelEvent>,
  writer: CompletionWriter,
  wantsUsage: boolean,
): AsyncGenerator<Buffer, StreamEnd> {
  yield eventOf(writer.piece({ role: 'assistant', content: '' }));
  let end: Ended | undefined;
  try {
    for (let next = first; !next.done; next = await events.next()) {
      const event = next.value;
      if (event.type === 'text') yield eventOf(writer.piece({ content: event.text }));
      if (event.type === 'answer') end = ended(event.answer);
    }
  } catch (error) {
    end = cutAtLimit(error);
  } finally {
    if (!end) await events.return?.();
  }
  if (!end) throw new ModelError('truncated', 'The answer broke off; ask again.');
  yield* ending(end, writer, wantsUsage);
  return { usage: end.answer.usage };
}

function* ending({ answer, finish }: Ended, writer: CompletionWriter, wantsUsage: boolean): Generator<Buffer> {
  if (answer.toolCalls.length > 0) yield eventOf(writer.piece({ tool_calls: writer.toolCalls(answer.toolCalls) }));
  yield eventOf(writer.piece({}, finish));
  if (wantsUsage) yield eventOf(writer.usage(answer.usage satisfies ModelUsage));
}
