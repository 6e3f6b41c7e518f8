import { countOf, factsOf, listOf, textOf } from './facts-of.js';
import { openAiService } from './openai-service.js';
import type { WireFormat } from './wire-format.js';

/** OpenAI's Responses. */
export const openAiResponsesFormat: WireFormat = {
  usage(body) {
    const usage = factsOf(factsOf(body).usage);
    if (usage.input_tokens === undefined) return undefined;
    const input = factsOf(usage.input_tokens_details);
    return {
      inputTokens: countOf(usage.input_tokens),
      outputTokens: countOf(usage.output_tokens),
      cachedInputTokens: countOf(input.cached_tokens),
      cacheWrittenInputTokens: countOf(input.cache_write_tokens),
      imageTokens: countOf(input.image_tokens),
      reasoningTokens: countOf(factsOf(usage.output_tokens_details).reasoning_tokens),
    };
  },
  service: openAiService,
  refusal(body) {
    const parts = listOf(factsOf(body).output).flatMap((item) => listOf(factsOf(item).content).map(factsOf));
    return textOf(parts.find(({ type }) => type === 'refusal')?.refusal);
  },
  billedUsd: () => undefined,
  join: (chunks) =>
    chunks.map(factsOf).findLast(({ type }) => type === 'response.completed' || type === 'response.incomplete')
      ?.response ?? null,
};
