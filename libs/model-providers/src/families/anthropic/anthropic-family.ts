import { createAnthropic } from '@ai-sdk/anthropic';
import { anthropicFormat } from '../../wire-formats/anthropic-format.js';
import type { ProviderFamily } from '../provider-family.js';

/** Anthropic's Messages. */
export const anthropicFamily: ProviderFamily = {
  format: () => anthropicFormat,
  model: ({ settings: { baseUrl, headers }, secret, model }) =>
    createAnthropic({ apiKey: secret, headers, baseURL: baseUrl ?? 'https://api.anthropic.com/v1' })(model),
  schemaBy: 'api',
};
