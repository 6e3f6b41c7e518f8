import { amazonBedrockFamily } from './amazon-bedrock/amazon-bedrock-family.js';
import { anthropicFamily } from './anthropic/anthropic-family.js';
import { azureOpenAiFamily } from './azure-openai/azure-openai-family.js';
import { googleVertexFamily } from './google-vertex/google-vertex-family.js';
import { googleFamily } from './google/google-family.js';
import { openAiCompatibleFamily } from './openai-compatible/openai-compatible-family.js';
import { openAiLikeServers } from './openai-compatible/openai-like-servers.js';
import { openAiFamily } from './openai/openai-family.js';
import type { ProviderFamily } from './provider-family.js';

/** Every family by its name in the settings. A new one is a folder and a line here. */
export const providerFamilies: Readonly<Record<string, ProviderFamily>> = {
  openai: openAiFamily,
  'azure-openai': azureOpenAiFamily,
  anthropic: anthropicFamily,
  google: googleFamily,
  'google-vertex': googleVertexFamily,
  'amazon-bedrock': amazonBedrockFamily,
  ...Object.fromEntries(
    Object.entries(openAiLikeServers).map(([name, server]) => [name, openAiCompatibleFamily(server)]),
  ),
};
