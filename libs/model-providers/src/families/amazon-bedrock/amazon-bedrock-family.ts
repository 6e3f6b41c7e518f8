import { bedrockFormat } from '../../wire-formats/bedrock-format.js';
import type { ProviderFamily } from '../provider-family.js';
import { keepingBody } from './keeping-body.js';
import { awsKeysOf } from './aws-keys-of.js';

/**
 * Models on Amazon Bedrock, by its Converse API. The secret is a Bedrock API key, or `ACCESS-KEY-ID:SECRET`, with
 * `:SESSION-TOKEN` for temporary ones, which signs each request (Signature Version 4).
 */
export const amazonBedrockFamily: ProviderFamily = {
  format: () => bedrockFormat,
  async model({ settings: { baseUrl, headers, region }, secret, model, fetch }) {
    const { createAmazonBedrock } = await import('@ai-sdk/amazon-bedrock');
    const keys = awsKeysOf(secret);
    return keepingBody(fetch, (carry) =>
      createAmazonBedrock({
        // Whatever lies about in the shell is never used: an empty text stands for none.
        ...(keys ? { ...keys, apiKey: '' } : { apiKey: secret }),
        ...{ region, headers, fetch: carry },
        baseURL: baseUrl ?? `https://bedrock-runtime.${region}.amazonaws.com`,
      })(model),
    );
  },
  schemaBy: 'api',
  missing({ keys, region, baseUrl }) {
    const signs = keys.some(({ secret }) => awsKeysOf(secret) !== undefined);
    if (region === undefined && (signs || baseUrl === undefined)) return 'Amazon Bedrock needs a "region"';
    const broken = keys.find(({ secret }) => /^(AKIA|ASIA)/.test(secret) && awsKeysOf(secret) === undefined);
    return broken ? `the key "${broken.id}" must be written as ACCESS-KEY-ID:SECRET` : undefined;
  },
};
