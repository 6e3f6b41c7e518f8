import { countOf, factsOf, listOf, textOf } from './facts-of.js';
import type { WireFormat } from './wire-format.js';

/** Anthropic's Messages. What the cache gave or took is counted beside the rest of the input. */
export const anthropicFormat: WireFormat = {
  usage(body) {
    const usage = factsOf(factsOf(body).usage);
    if (usage.input_tokens === undefined) return undefined;
    const cachedInputTokens = countOf(usage.cache_read_input_tokens);
    const cacheWrittenInputTokens = countOf(usage.cache_creation_input_tokens);
    return {
      inputTokens: countOf(usage.input_tokens) + cachedInputTokens + cacheWrittenInputTokens,
      outputTokens: countOf(usage.output_tokens),
      cachedInputTokens,
      cacheWrittenInputTokens,
      // Images and thoughts are in the totals, and not told apart.
      imageTokens: 0,
      reasoningTokens: 0,
    };
  },
  refusal(body) {
    const { stop_reason: reason, content } = factsOf(body);
    if (reason !== 'refusal') return undefined;
    return (
      textOf(
        listOf(content)
          .map((block) => textOf(factsOf(block).text) ?? '')
          .join(''),
      ) ?? 'The model declined.'
    );
  },
  billedUsd: () => undefined,
  join(chunks) {
    const events = chunks.map(factsOf);
    const message = factsOf(events.find(({ type }) => type === 'message_start')?.message);
    const ends = events.filter(({ type }) => type === 'message_delta');
    const usage = Object.assign({}, message.usage, ...ends.map((end) => end.usage)) as object;
    const reason = factsOf(ends.at(-1)?.delta).stop_reason;
    const texts = events.map(({ delta }) => textOf(factsOf(delta).text) ?? '');
    return { ...message, stop_reason: reason ?? null, content: [{ type: 'text', text: texts.join('') }], usage };
  },
};
