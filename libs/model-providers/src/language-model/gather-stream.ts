import type { LanguageModelV3StreamPart } from '@ai-sdk/provider';
import type { ModelEvent } from '@waybill/llm-routing';
import type { WireFormat } from '../wire-formats/wire-format.js';
import type { Gathered } from './finish-answer.js';

const nothing = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
};

/** Passes the pieces on as they come, and returns all of them together at the end. */
export async function* gatherStream(
  stream: ReadableStream<LanguageModelV3StreamPart>,
  format: WireFormat,
): AsyncGenerator<ModelEvent, Gathered> {
  const chunks: unknown[] = [];
  const toolCalls: Gathered['toolCalls'][number][] = [];
  let text = '';
  let model: string | undefined;
  let end: Pick<Gathered, 'finish' | 'usage'> = { finish: { unified: 'other', raw: undefined }, usage: nothing };
  for await (const part of stream as unknown as AsyncIterable<LanguageModelV3StreamPart>) {
    switch (part.type) {
      case 'text-delta':
        text += part.delta;
        yield { type: 'text', text: part.delta };
        break;
      case 'reasoning-delta':
        yield { type: 'reasoning', text: part.delta };
        break;
      case 'tool-call':
        toolCalls.push(part);
        break;
      case 'response-metadata':
        model = part.modelId ?? model;
        break;
      case 'raw':
        chunks.push(part.rawValue);
        break;
      case 'finish':
        end = { finish: part.finishReason, usage: part.usage };
        break;
      case 'error':
        throw part.error;
      default:
    }
  }
  return { ...end, text, toolCalls, model, body: format.join(chunks) };
}

/** The same without its text, which is told by one empty piece where it begins. */
export async function* heldBack<End>(pieces: AsyncGenerator<ModelEvent, End>): AsyncGenerator<ModelEvent, End> {
  let isTold = false;
  for (;;) {
    const next = await pieces.next();
    if (next.done) return next.value;
    if (next.value.type !== 'text') yield next.value;
    else if (!isTold) yield { type: 'text', text: '' };
    isTold ||= next.value.type === 'text';
  }
}
