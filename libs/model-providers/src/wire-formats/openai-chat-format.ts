import { countOf, factsOf, listOf, textOf } from './facts-of.js';
import { openAiService } from './openai-service.js';
import type { WireFormat } from './wire-format.js';

/** Chat Completions, of OpenAI and of everybody who speaks like it. */
export const openAiChatFormat: WireFormat = {
  usage(body) {
    const usage = factsOf(factsOf(body).usage);
    if (usage.prompt_tokens === undefined) return undefined;
    const input = factsOf(usage.prompt_tokens_details);
    const output = factsOf(usage.completion_tokens_details);
    const inputTokens = countOf(usage.prompt_tokens);
    const completion = countOf(usage.completion_tokens);
    const reasoningTokens = countOf(output.reasoning_tokens);
    // xAI counts thoughts beside the completion; the total shows who does.
    const apart = reasoningTokens > 0 && usage.total_tokens === inputTokens + completion + reasoningTokens;
    return {
      inputTokens,
      outputTokens: completion + (apart ? reasoningTokens : 0),
      // DeepSeek tells what its cache held in a field of its own.
      cachedInputTokens: countOf(input.cached_tokens, usage.prompt_cache_hit_tokens),
      // Gateways before Anthropic's models tell what was written in one of these.
      cacheWrittenInputTokens: countOf(input.cache_write_tokens, usage.cache_creation_input_tokens),
      imageTokens: countOf(input.image_tokens),
      reasoningTokens,
    };
  },
  service: openAiService,
  refusal(body) {
    const [choice] = listOf(factsOf(body).choices).map(factsOf);
    return textOf(factsOf(choice?.message).refusal);
  },
  /** OpenRouter's. */
  billedUsd(body) {
    const { cost } = factsOf(factsOf(body).usage);
    return typeof cost === 'number' ? cost : undefined;
  },
  join(chunks) {
    const facts = chunks.map(factsOf);
    const deltas = facts.flatMap(({ choices }) => listOf(choices).map((choice) => factsOf(factsOf(choice).delta)));
    const refusal = deltas.map((delta) => textOf(delta.refusal) ?? '').join('');
    const last = facts.findLast(({ usage }) => usage !== undefined && usage !== null) ?? facts.at(-1);
    return { ...last, choices: [{ message: { refusal: refusal || null } }] };
  },
};
