import { openAiLikeServers, type OpenAiLikeServer } from '../families/openai-compatible/openai-like-servers.js';
import type { ProviderSurroundings } from '../language-model/provider-surroundings.js';
import { parseProviderSettings, type ProviderSettingsInput } from '../provider-settings.js';
import { UndiciChatWire, type ChatAddress } from './undici-chat-wire.js';

const servers: Readonly<Record<string, OpenAiLikeServer>> = openAiLikeServers;

/** A provider's Chat Completions for bodies that are passed through; undefined when it speaks something else. */
export function createChatWire(
  input: ProviderSettingsInput,
  surroundings: Omit<ProviderSurroundings, 'blobs'>,
): UndiciChatWire | undefined {
  const settings = parseProviderSettings(input);
  const server = servers[settings.family];
  const baseUrl = settings.baseUrl ?? (settings.family === 'openai' ? 'https://api.openai.com/v1' : server?.baseUrl);
  if (baseUrl === undefined || (settings.family !== 'openai' && !server)) return undefined;
  const address: ChatAddress = {
    baseUrl,
    schemaBy: server?.schemaBy ?? 'api',
    keyHeader: server?.keyHeader,
    headers: { ...server?.headers, ...settings.headers },
  };
  return new UndiciChatWire(settings, address, surroundings);
}
