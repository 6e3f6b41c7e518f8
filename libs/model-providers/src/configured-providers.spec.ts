import { describe, expect, it } from '@jest/globals';
import { shippedCatalog } from '@waybill/llm-routing';
import { loadEnvironment } from '@waybill/platform';
import { configuredCatalog } from './configured-providers.js';

const bedrockModels = async (region: string): Promise<string[]> => {
  const environment = loadEnvironment({ WAYBILL_BEDROCK_KEYS: 'a-key', WAYBILL_BEDROCK_REGION: region });
  const { routable } = await configuredCatalog(environment, shippedCatalog);
  return routable.models.filter(({ provider }) => provider === 'bedrock').map(({ model }) => model);
};

describe('configuredCatalog', () => {
  it('has the rules, and whoever has keys', async () => {
    const environment = loadEnvironment({ WAYBILL_ANTHROPIC_KEYS: 'a-key' });
    const { providers, routable } = await configuredCatalog(environment, shippedCatalog);
    expect([...providers].sort()).toEqual(['anthropic', 'rules']);
    expect(new Set(routable.models.map(({ provider }) => provider))).toEqual(providers);
  });

  it.each([
    ['eu-central-1', ['eu', 'global']],
    ['us-east-1', ['global', 'us']],
    ['ap-southeast-2', ['global']],
  ])('asks a model only where the connection in %s reaches it', async (region, expected) => {
    const reached = (await bedrockModels(region)).map((model) => model.split('.')[0]);
    expect([...new Set(reached)].sort()).toEqual(expected);
  });

  it('lets a simulator play everybody but those whose models go by region', async () => {
    const environment = loadEnvironment({ WAYBILL_MODEL_SIMULATOR_URL: 'http://127.0.0.1:9' });
    const { providers } = await configuredCatalog(environment, shippedCatalog);
    const all = shippedCatalog.providers.map(({ id }) => id);
    expect([...providers].sort()).toEqual(all.filter((id) => id !== 'bedrock').sort());
  });
});
