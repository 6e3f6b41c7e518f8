import { randomUUID } from 'node:crypto';
import type { ModelAnswer, ModelUsage, ToolCall } from '@waybill/llm-routing';

export type CompletionFinish = 'stop' | 'tool_calls' | 'length';

/** Writes one answer in the form of OpenAI's Chat Completions. */
export class CompletionWriter {
  readonly id = `chatcmpl-${randomUUID()}`;

  constructor(
    private readonly model: string,
    private readonly nowMs: number,
  ) {}

  whole(
    { text, toolCalls, usage }: Pick<ModelAnswer, 'text' | 'toolCalls' | 'usage'>,
    finish: CompletionFinish,
  ): Buffer {
    const message = {
      ...{ role: 'assistant', content: text === '' ? null : text, refusal: null },
      ...(toolCalls.length > 0 ? { tool_calls: this.toolCalls(toolCalls).map(({ index: _, ...call }) => call) } : {}),
    };
    const choices = [{ index: 0, message, logprobs: null, finish_reason: finish }];
    return Buffer.from(JSON.stringify({ ...this.envelope('chat.completion'), choices, usage: usageOf(usage) }));
  }

  piece(delta: object, finish: CompletionFinish | null = null): object {
    const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }];
    return { ...this.envelope('chat.completion.chunk'), choices };
  }

  usage(usage: ModelUsage): object {
    return { ...this.envelope('chat.completion.chunk'), choices: [], usage: usageOf(usage) };
  }

  toolCalls(calls: readonly ToolCall[]) {
    return calls.map(({ callId: id, tool: name, input }, index) => ({
      ...{ index, id, type: 'function' },
      function: { name, arguments: JSON.stringify(input) },
    }));
  }

  private envelope(object: string) {
    return { id: this.id, object, created: Math.floor(this.nowMs / 1_000), model: this.model };
  }
}

const usageOf = (usage: ModelUsage) => ({
  prompt_tokens: usage.inputTokens,
  completion_tokens: usage.outputTokens,
  total_tokens: usage.inputTokens + usage.outputTokens,
  prompt_tokens_details: { cached_tokens: usage.cachedInputTokens },
  completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
});
