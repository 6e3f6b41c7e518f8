import { countOf, factsOf, listOf, textOf } from './facts-of.js';
import { geminiService } from './gemini-service.js';
import type { WireFormat } from './wire-format.js';

const declined = new Set(['SAFETY', 'PROHIBITED_CONTENT', 'BLOCKLIST', 'SPII', 'RECITATION', 'IMAGE_SAFETY']);

/** Google's generateContent. Thoughts are counted beside the candidates, tool results beside the prompt. */
export const geminiFormat: WireFormat = {
  usage(body) {
    const usage = factsOf(factsOf(body).usageMetadata);
    if (usage.promptTokenCount === undefined) return undefined;
    const reasoningTokens = countOf(usage.thoughtsTokenCount);
    const images = listOf(usage.promptTokensDetails)
      .map(factsOf)
      .filter(({ modality }) => modality === 'IMAGE');
    return {
      inputTokens: countOf(usage.promptTokenCount) + countOf(usage.toolUsePromptTokenCount),
      outputTokens: countOf(usage.candidatesTokenCount) + reasoningTokens,
      cachedInputTokens: countOf(usage.cachedContentTokenCount),
      cacheWrittenInputTokens: 0,
      imageTokens: images.reduce((sum, { tokenCount }) => sum + countOf(tokenCount), 0),
      reasoningTokens,
    };
  },
  service: geminiService,
  refusal(body) {
    const { promptFeedback, candidates } = factsOf(body);
    const reason =
      textOf(factsOf(promptFeedback).blockReason) ??
      listOf(candidates)
        .map((candidate) => textOf(factsOf(candidate).finishReason))
        .find((finish) => finish !== undefined && declined.has(finish));
    return reason === undefined ? undefined : `Blocked: ${reason}.`;
  },
  billedUsd: () => undefined,
  join(chunks) {
    const facts = chunks.map(factsOf);
    const metadata = facts.findLast(({ usageMetadata }) => usageMetadata !== undefined)?.usageMetadata;
    const feedback = facts.find(({ promptFeedback }) => promptFeedback !== undefined)?.promptFeedback;
    return {
      ...facts.at(-1),
      ...(metadata === undefined ? {} : { usageMetadata: metadata }),
      ...(feedback === undefined ? {} : { promptFeedback: feedback }),
    };
  },
};
