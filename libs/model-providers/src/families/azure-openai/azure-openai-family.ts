import { openAiFamily, openAiOptions } from '../openai/openai-family.js';
import type { ProviderFamily } from '../provider-family.js';

/** Azure OpenAI; the model of a call is the name of a deployment. */
export const azureOpenAiFamily: ProviderFamily = {
  format: openAiFamily.format,
  async model({ settings: { baseUrl, headers, api, resource, apiVersion }, secret, model }) {
    const { createAzure } = await import('@ai-sdk/azure');
    const azure = createAzure({
      apiKey: secret,
      headers,
      ...(baseUrl === undefined ? { resourceName: resource } : { baseURL: baseUrl }),
      ...(apiVersion === undefined ? {} : { apiVersion }),
    });
    return api === 'chat' ? azure.chat(model) : azure.responses(model);
  },
  options(request, schema) {
    const options = openAiOptions(request, schema);
    return { ...options, azure: options.openai ?? {} };
  },
  schemaBy: 'api',
  missing: ({ baseUrl, resource }) =>
    baseUrl === undefined && resource === undefined ? 'name its "resource" or its "baseUrl"' : undefined,
};
