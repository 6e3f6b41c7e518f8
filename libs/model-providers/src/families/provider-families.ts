import { openAiLikeServers, type OpenAiLikeServer } from './openai-compatible/openai-like-servers.js';
import type { ProviderFamily } from './provider-family.js';

/** Brings a family in when its first provider is made, and its package when that is first asked: megabytes that most never need. */
export type FamilyLoader = () => Promise<ProviderFamily>;

const openAiLike = (server: OpenAiLikeServer): FamilyLoader => {
  return async () => (await import('./openai-compatible/openai-compatible-family.js')).openAiCompatibleFamily(server);
};

/** Every family by its name in the settings. A new one is a folder and a line here. */
export const providerFamilies: Readonly<Record<string, FamilyLoader>> = {
  openai: async () => (await import('./openai/openai-family.js')).openAiFamily,
  'azure-openai': async () => (await import('./azure-openai/azure-openai-family.js')).azureOpenAiFamily,
  anthropic: async () => (await import('./anthropic/anthropic-family.js')).anthropicFamily,
  google: async () => (await import('./google/google-family.js')).googleFamily,
  'google-vertex': async () => (await import('./google-vertex/google-vertex-family.js')).googleVertexFamily,
  'amazon-bedrock': async () => (await import('./amazon-bedrock/amazon-bedrock-family.js')).amazonBedrockFamily,
  ...Object.fromEntries(Object.entries(openAiLikeServers).map(([name, server]) => [name, openAiLike(server)])),
};
