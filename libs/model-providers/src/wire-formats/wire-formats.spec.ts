import { describe, expect, it } from '@jest/globals';
import { anthropicFormat } from './anthropic-format.js';
import { geminiFormat } from './gemini-format.js';
import { openAiChatFormat } from './openai-chat-format.js';
import { openAiResponsesFormat } from './openai-responses-format.js';
import type { WireFormat } from './wire-format.js';

const none = {
  ...{ inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 },
  ...{ cacheWrittenInputTokens: 0, imageTokens: 0, reasoningTokens: 0 },
};

describe('usage from the raw body', () => {
  it.each<[string, WireFormat, object, object]>([
    [
      'OpenAI, where thoughts are part of the completion',
      openAiChatFormat,
      {
        usage: {
          ...{ prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 },
          prompt_tokens_details: { cached_tokens: 64 },
          completion_tokens_details: { reasoning_tokens: 30 },
        },
      },
      { inputTokens: 100, outputTokens: 50, cachedInputTokens: 64, reasoningTokens: 30 },
    ],
    [
      'xAI, where they stand beside it',
      openAiChatFormat,
      {
        usage: {
          ...{ prompt_tokens: 100, completion_tokens: 20, total_tokens: 150 },
          completion_tokens_details: { reasoning_tokens: 30 },
          prompt_tokens_details: { image_tokens: 40 },
        },
      },
      { inputTokens: 100, outputTokens: 50, reasoningTokens: 30, imageTokens: 40 },
    ],
    [
      'DeepSeek, with its own word for the cache',
      openAiChatFormat,
      { usage: { prompt_tokens: 100, completion_tokens: 5, total_tokens: 105, prompt_cache_hit_tokens: 64 } },
      { inputTokens: 100, outputTokens: 5, cachedInputTokens: 64 },
    ],
    [
      'LiteLLM before Anthropic',
      openAiChatFormat,
      { usage: { prompt_tokens: 100, completion_tokens: 5, total_tokens: 105, cache_creation_input_tokens: 80 } },
      { inputTokens: 100, outputTokens: 5, cacheWrittenInputTokens: 80 },
    ],
    [
      'OpenAI Responses',
      openAiResponsesFormat,
      { usage: { input_tokens: 9, output_tokens: 7, output_tokens_details: { reasoning_tokens: 3 } } },
      { inputTokens: 9, outputTokens: 7, reasoningTokens: 3 },
    ],
    [
      'Anthropic, where the cache stands beside the input',
      anthropicFormat,
      {
        usage: {
          ...{ input_tokens: 10, output_tokens: 5 },
          ...{ cache_read_input_tokens: 800, cache_creation_input_tokens: 90 },
        },
      },
      { inputTokens: 900, outputTokens: 5, cachedInputTokens: 800, cacheWrittenInputTokens: 90 },
    ],
    [
      'Gemini, where thoughts stand beside the candidates',
      geminiFormat,
      {
        usageMetadata: {
          ...{ promptTokenCount: 300, candidatesTokenCount: 10, thoughtsTokenCount: 40, totalTokenCount: 350 },
          promptTokensDetails: [
            { modality: 'TEXT', tokenCount: 42 },
            { modality: 'IMAGE', tokenCount: 258 },
          ],
        },
      },
      { inputTokens: 300, outputTokens: 50, reasoningTokens: 40, imageTokens: 258 },
    ],
  ])('is right for %s', (_what, format, body, usage) => {
    expect(format.usage(body)).toEqual({ ...none, ...usage });
  });

  it.each([openAiChatFormat, openAiResponsesFormat, anthropicFormat, geminiFormat])(
    'is unknown, not 0, where a body tells none',
    (format) => {
      for (const body of [null, undefined, 'text', [], {}, { usage: null }, { usageMetadata: 3 }]) {
        expect(format.usage(body)).toBeUndefined();
        expect(format.refusal(body)).toBeUndefined();
        expect(format.usage(format.join([body]))).toBeUndefined();
      }
    },
  );

  it.each([openAiChatFormat, openAiResponsesFormat])(
    'tells at which service a call was made, where it is known',
    (format) => {
      const services = ['default', 'flex', 'priority', 'auto', 'toString', 7].map((told) =>
        format.service?.({ service_tier: told }),
      );
      expect(services).toEqual(['standard', 'flex', 'priority', undefined, undefined, undefined]);
    },
  );

  it('tells Gemini’s service from beside its token counts', () => {
    const told = ['standard', 'flex', 'SERVICE_TIER_PRIORITY', 'ON_DEMAND', 7].map((serviceTier) =>
      geminiFormat.service?.({ usageMetadata: { serviceTier } }),
    );
    expect(told).toEqual(['standard', 'flex', 'priority', undefined, undefined]);
    expect(geminiFormat.service?.({})).toBeUndefined();
  });

  it('takes the price that OpenRouter names', () => {
    expect(openAiChatFormat.billedUsd({ usage: { cost: 0.0012 } })).toBe(0.0012);
    expect(openAiChatFormat.billedUsd({ usage: {} })).toBeUndefined();
  });
});
