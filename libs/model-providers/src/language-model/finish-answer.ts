import type { LanguageModelV3FinishReason, LanguageModelV3Usage } from '@ai-sdk/provider';
import {
  ModelError,
  type ModelAnswer,
  type ModelErrorFacts,
  type ModelRequest,
  type ModelUsage,
  type ToolCall,
} from '@waybill/llm-routing';
import type { Asked } from '../failures/translate-error.js';
import type { WireFormat } from '../wire-formats/wire-format.js';
import type { SentSchema } from './sent-schema.js';

/** Everything a call brought, whole or streamed. */
export interface Gathered {
  readonly text: string;
  readonly toolCalls: readonly { toolCallId: string; toolName: string; input: string }[];
  readonly finish: LanguageModelV3FinishReason;
  /** What the library makes of the usage, for bodies that tell none. */
  readonly usage: LanguageModelV3Usage;
  readonly body: unknown;
  readonly model: string | undefined;
}

/** What an answer answers: the request, and its schema as it was sent. */
export interface Answered {
  readonly request: ModelRequest;
  readonly sent: SentSchema | undefined;
}

/**
 * Judges what came: a whole answer, or the reason why it is none. What was declined, cut or cannot be parsed is a
 * failure that carries its usage, since it is billed all the same.
 */
export function finishAnswer(
  gathered: Gathered,
  { request, sent }: Answered,
  format: WireFormat,
  asked: Asked,
): ModelAnswer {
  const { text, finish, body } = gathered;
  const usage = format.usage(body) ?? usageOf(gathered.usage);
  const service = format.service?.(body);
  const made = service === undefined ? {} : { service };
  const facts: ModelErrorFacts = { text, usage, ...made, raw: body, model: gathered.model ?? request.model };
  const whom = `${asked.provider} (${asked.model})`;
  const refusal = format.refusal(body);
  if (refusal !== undefined || finish.unified === 'content-filter') {
    const why = (refusal ?? finish.raw ?? 'content filter').slice(0, 300);
    throw new ModelError('content-refused', `${whom} declines this content: ${why} Another model may take it.`, facts);
  }
  if (finish.unified === 'length') {
    const limit = `The answer of ${whom} was cut at ${usage.outputTokens} tokens; allow more output, or ask for less.`;
    throw new ModelError('truncated', limit, { ...facts, endedAt: 'output-limit' });
  }
  // A stream that ends without saying why has been cut, whatever stands between has made of it.
  if (finish.unified === 'error' || (finish.unified === 'other' && finish.raw === undefined)) {
    throw new ModelError('truncated', `The answer of ${whom} broke off; ask again.`, facts);
  }
  const toolCalls = gathered.toolCalls.map((call): ToolCall => {
    const { toolCallId: callId, toolName: tool, input } = call;
    return { type: 'tool-call', callId, tool, input: parse(input, `The call of the tool ${tool} by ${whom}`, facts) };
  });
  const billedUsd = format.billedUsd(body);
  const json = sent && toolCalls.length === 0 ? { json: sent.raise(parse(text, `The answer of ${whom}`, facts)) } : {};
  return {
    // Whoever reads the text reads an answer to the schema that was asked for, too.
    text: 'json' in json && sent?.isChanged ? JSON.stringify(json.json) : text,
    toolCalls,
    ...json,
    finish: toolCalls.length > 0 ? 'tool-calls' : 'stop',
    usage,
    ...made,
    ...(billedUsd === undefined ? {} : { billedUsd }),
    model: gathered.model ?? request.model,
    raw: body,
  };
}

function parse(text: string, what: string, facts: ModelErrorFacts): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ModelError('malformed', `${what} is not JSON; ask again or choose a model that keeps to schemas.`, {
      ...facts,
      cause,
    });
  }
}

const usageOf = ({ inputTokens, outputTokens }: LanguageModelV3Usage): ModelUsage => ({
  inputTokens: inputTokens.total ?? 0,
  outputTokens: outputTokens.total ?? 0,
  cachedInputTokens: inputTokens.cacheRead ?? 0,
  cacheWrittenInputTokens: inputTokens.cacheWrite ?? 0,
  imageTokens: 0,
  reasoningTokens: outputTokens.reasoning ?? 0,
});
