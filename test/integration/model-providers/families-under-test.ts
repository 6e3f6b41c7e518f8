import type { ModelUsage } from '@waybill/llm-routing';
import { providerFamilyNames, type createModelProvider } from '@waybill/model-providers';

type Settings = Parameters<typeof createModelProvider>[0];

/** One family against the simulator: how it is set up, and what its API does not tell. */
export interface FamilyUnderTest {
  readonly name: string;
  readonly model: string;
  readonly settings: (url: string) => Omit<Settings, 'keys'>;
  /** Of the usage that the suite scripts, what this API cannot express. */
  readonly untold: Partial<ModelUsage>;
  /** Whether the API has a place for a PDF. */
  readonly pdf: 'yes' | 'no';
  /** Whether the API says when it takes calls again. */
  readonly reopening?: 'untold';
}

/** The level of the catalog that each family's schemas are held to, and the name that the simulator plays it by. */
export const levelOfFamily: Readonly<Record<string, string>> = {
  ...{ openai: 'openai', 'azure-openai': 'azure-openai', anthropic: 'claude', 'amazon-bedrock': 'claude' },
  ...{ google: 'gemini', 'google-vertex': 'gemini', mistral: 'mistral', groq: 'groq', xai: 'xai' },
  ...{ together: 'together', fireworks: 'fireworks', vllm: 'xgrammar', ollama: 'gbnf', 'llama-cpp': 'gbnf' },
};

const noCacheWrites = { cacheWrittenInputTokens: 0 };

const ownApis: FamilyUnderTest[] = [
  ...(['responses', 'chat'] as const).flatMap((api) => [
    {
      name: `openai (${api})`,
      model: 'gpt-5.4-mini',
      settings: (url: string) => ({ id: 'under-test', family: 'openai', api, baseUrl: `${url}/v1` }),
      untold: noCacheWrites,
      pdf: 'yes' as const,
    },
    {
      name: `azure-openai (${api})`,
      model: 'gpt-5.4-mini',
      settings: (url: string) => ({ id: 'under-test', family: 'azure-openai', api, baseUrl: `${url}/openai` }),
      untold: noCacheWrites,
      pdf: 'yes' as const,
    },
  ]),
  {
    name: 'anthropic',
    model: 'claude-haiku-4-5',
    settings: (url) => ({ id: 'under-test', family: 'anthropic', baseUrl: `${url}/v1` }),
    untold: { reasoningTokens: 0 },
    pdf: 'yes',
  },
  {
    name: 'google',
    model: 'gemini-2.5-flash-lite',
    settings: (url) => ({ id: 'under-test', family: 'google', baseUrl: `${url}/v1beta` }),
    untold: noCacheWrites,
    pdf: 'yes',
  },
  {
    name: 'google-vertex',
    model: 'gemini-2.5-flash-lite',
    settings: (url) => ({ id: 'under-test', family: 'google-vertex', baseUrl: `${url}/v1/publishers/google` }),
    untold: noCacheWrites,
    pdf: 'yes',
  },
  ...['us.anthropic.claude-opus-4-5-20251101-v1:0', 'amazon.nova-lite-v1:0'].map((model): FamilyUnderTest => ({
    name: `amazon-bedrock (${model})`,
    model,
    settings: (url) => ({ id: 'under-test', family: 'amazon-bedrock', region: 'eu-central-1', baseUrl: url }),
    untold: { reasoningTokens: 0 },
    pdf: 'yes',
    reopening: 'untold',
  })),
];

const tested = new Set(ownApis.map(({ name }) => name.split(' ')[0]));

/** Every family that is built in: one that nobody listed above is taken for one that speaks like OpenAI. */
export const familiesUnderTest: FamilyUnderTest[] = [
  ...ownApis,
  ...providerFamilyNames()
    .filter((family) => !tested.has(family))
    .map((family): FamilyUnderTest => ({
      name: family,
      model: 'a-model',
      settings: (url) => ({
        ...{ id: 'under-test', family, baseUrl: `${url}/v1` },
        headers: { 'x-portkey-provider': 'openai' },
      }),
      untold: noCacheWrites,
      pdf: 'no',
    })),
];
