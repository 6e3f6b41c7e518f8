import { openAiChatFormat } from '../../wire-formats/openai-chat-format.js';
import type { ProviderFamily } from '../provider-family.js';
import type { OpenAiLikeServer } from './openai-like-servers.js';

/** Whoever answers Chat Completions as OpenAI does; what differs is data. */
export const openAiCompatibleFamily = (server: OpenAiLikeServer): ProviderFamily => ({
  format: () => openAiChatFormat,
  async model({ settings: { baseUrl, headers, id }, secret, model }) {
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
    const key = server.keyHeader === undefined ? { apiKey: secret } : {};
    const named = server.keyHeader === undefined ? {} : { [server.keyHeader]: secret };
    return createOpenAICompatible({
      name: id,
      baseURL: baseUrl ?? server.baseUrl ?? '',
      ...key,
      headers: { ...server.headers, ...named, ...headers },
      includeUsage: true,
      supportsStructuredOutputs: server.schemaBy === 'api',
    }).chatModel(model);
  },
  schemaBy: server.schemaBy,
  missing({ baseUrl, headers }) {
    if (baseUrl === undefined && server.baseUrl === undefined) return 'name its "baseUrl"';
    const absent = server.wantsOneOf?.every(
      (name) => !Object.keys(headers).some((each) => each.toLowerCase() === name),
    );
    return absent ? `its "headers" need one of ${server.wantsOneOf?.join(', ')}` : undefined;
  },
});
