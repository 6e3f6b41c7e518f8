import { AnthropicBatchWire } from '../../batches/anthropic-batch-wire.js';
import { anthropicFormat } from '../../wire-formats/anthropic-format.js';
import type { ProviderFamily } from '../provider-family.js';

const anthropicUrl = 'https://api.anthropic.com/v1';

/** Anthropic's Messages. */
export const anthropicFamily: ProviderFamily = {
  format: () => anthropicFormat,
  async model({ settings: { baseUrl = anthropicUrl, headers }, secret, model, fetch }) {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    return createAnthropic({ apiKey: secret, headers, baseURL: baseUrl, ...(fetch ? { fetch } : {}) })(model);
  },
  batches: ({ baseUrl = anthropicUrl, headers }) => new AnthropicBatchWire({ baseUrl, headers }),
  schemaBy: 'api',
};
