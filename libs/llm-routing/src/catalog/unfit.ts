import type { Capability, ModelCard, ModelTask } from './model-card.js';

/** What one request asks of a model, before anybody asks what it costs. */
export interface RequestNeeds {
  readonly task: ModelTask;
  /** The day of the request, as `2026-11-21`. */
  readonly day: string;
  readonly capabilities: readonly Capability[];
  /** Upper end of the estimate. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly images: number;
  readonly largestImageBytes: number;
  readonly requestBytes: number;
  readonly imageMediaTypes: readonly string[];
}

/**
 * Why a model cannot take a request, each reason as the end of a sentence; none when it can. What the catalog does not
 * state counts against the model: an unknown price or capability is never assumed.
 */
export function unfit(card: ModelCard, needs: RequestNeeds): string[] {
  const reasons: string[] = [];
  if (!card.prices) reasons.push('has no known price');
  if (!card.tasks.includes(needs.task)) reasons.push(`is not meant for the task "${needs.task}"`);
  if (card.retiresOn !== undefined && card.retiresOn <= needs.day) reasons.push(`was retired on ${card.retiresOn}`);
  for (const capability of needs.capabilities) {
    const offered = card.capabilities[capability];
    if (offered === undefined) reasons.push(`is not known to offer ${names[capability]}`);
    else if (!offered) reasons.push(`does not offer ${names[capability]}`);
  }
  const { limits } = card;
  // A model of tier 0 reads layouts in this process and has no context to overflow.
  if (card.tier > 0) {
    reasons.push(...over('context tokens', needs.inputTokens + needs.outputTokens, limits.contextTokens));
    reasons.push(...over('output tokens', needs.outputTokens, limits.maxOutputTokens));
  }
  if (needs.images > 0) {
    if (!card.imageRule) reasons.push('has no known image-token rule');
    reasons.push(...over('images', needs.images, limits.maxImages));
    reasons.push(...over('bytes an image', needs.largestImageBytes, limits.maxImageBytes ?? limits.maxRequestBytes));
    reasons.push(...over('bytes a request', needs.requestBytes, limits.maxRequestBytes));
    const unread = needs.imageMediaTypes.filter((type) => !limits.imageMediaTypes?.includes(type));
    if (unread.length > 0) reasons.push(`is not known to read ${unread.join(' and ')}`);
  }
  return reasons;
}

function over(what: string, wanted: number, limit: number | undefined): string[] {
  if (limit === undefined) return [`has no known limit of ${what}`];
  return wanted > limit ? [`takes ${limit} ${what}, and ${wanted} are needed`] : [];
}

const names: Readonly<Record<Capability, string>> = {
  vision: 'vision',
  pdf: 'PDF reading',
  tools: 'tools',
  strictJsonSchema: 'strict JSON schemas',
  streaming: 'streaming',
  temperature: 'a temperature',
};
