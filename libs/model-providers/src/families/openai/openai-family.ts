import type { SharedV3ProviderOptions } from '@ai-sdk/provider';
import type { JsonSchema } from '@waybill/contracts';
import type { ModelRequest } from '@waybill/llm-routing';
import { OpenAiBatchWire } from '../../batches/openai-batch-wire.js';
import { openAiChatFormat } from '../../wire-formats/openai-chat-format.js';
import { openAiResponsesFormat } from '../../wire-formats/openai-responses-format.js';
import type { ProviderFamily } from '../provider-family.js';
import { isStrictSchema } from './is-strict-schema.js';

/** Nothing is stored with the provider beyond what its terms keep anyway. */
export const openAiOptions = ({ service }: ModelRequest, schema?: JsonSchema): SharedV3ProviderOptions => ({
  openai: {
    store: false,
    strictJsonSchema: schema !== undefined && isStrictSchema(schema),
    ...(service === undefined ? {} : { serviceTier: service }),
  },
});

const openAiUrl = 'https://api.openai.com/v1';

/** OpenAI, by Responses or by Chat Completions. */
export const openAiFamily: ProviderFamily = {
  format: ({ api }) => (api === 'chat' ? openAiChatFormat : openAiResponsesFormat),
  async model({ settings: { baseUrl, headers, api }, secret, model, fetch }) {
    const { createOpenAI } = await import('@ai-sdk/openai');
    const transport = fetch ? { fetch } : {};
    const openAi = createOpenAI({ apiKey: secret, headers, baseURL: baseUrl ?? openAiUrl, ...transport });
    return api === 'chat' ? openAi.chat(model) : openAi.responses(model);
  },
  options: openAiOptions,
  services: ['flex', 'priority'],
  batches: ({ api, baseUrl = openAiUrl, headers }) =>
    new OpenAiBatchWire({ baseUrl, headers }, api === 'chat' ? '/v1/chat/completions' : '/v1/responses'),
  schemaBy: 'api',
};
