import { countOf, factsOf, listOf, textOf } from './facts-of.js';
import type { WireFormat } from './wire-format.js';

/** Why Bedrock stops where the model, or a guardrail of the account, declines. */
const declined: readonly unknown[] = ['content_filtered', 'guardrail_intervened', 'refusal'];

/** Amazon Bedrock's Converse. What the cache gave or took is counted beside the rest of the input. */
export const bedrockFormat: WireFormat = {
  usage(body) {
    const usage = factsOf(factsOf(body).usage);
    if (usage.inputTokens === undefined) return undefined;
    const cachedInputTokens = countOf(usage.cacheReadInputTokens);
    const cacheWrittenInputTokens = countOf(usage.cacheWriteInputTokens);
    return {
      inputTokens: countOf(usage.inputTokens) + cachedInputTokens + cacheWrittenInputTokens,
      outputTokens: countOf(usage.outputTokens),
      cachedInputTokens,
      cacheWrittenInputTokens,
      // Images and thoughts are in the totals, and not told apart.
      imageTokens: 0,
      reasoningTokens: 0,
    };
  },
  refusal(body) {
    const { stopReason, output } = factsOf(body);
    if (!declined.includes(stopReason)) return undefined;
    const content = listOf(factsOf(factsOf(output).message).content);
    return textOf(content.map((block) => textOf(factsOf(block).text) ?? '').join('')) ?? 'The model declined.';
  },
  billedUsd: () => undefined,
  join(chunks) {
    const events = chunks.map(factsOf);
    const texts = events.map(({ contentBlockDelta }) => textOf(factsOf(factsOf(contentBlockDelta).delta).text) ?? '');
    const stop = events.findLast(({ messageStop }) => messageStop !== undefined);
    const metadata = events.findLast(({ metadata: facts }) => facts !== undefined);
    return {
      output: { message: { role: 'assistant', content: [{ text: texts.join('') }] } },
      stopReason: factsOf(stop?.messageStop).stopReason ?? null,
      usage: factsOf(metadata?.metadata).usage,
    };
  },
};
