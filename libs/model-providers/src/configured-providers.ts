import { readFile } from 'node:fs/promises';
import { allowsRegions } from '@waybill/jobs';
import {
  limitBookOf,
  schemaLevelOf,
  type Catalog,
  type LimitBook,
  type ModelCard,
  type ModelProvider,
} from '@waybill/llm-routing';
import { ConfigurationError, type Environment } from '@waybill/platform';
import { readCatalog } from './catalog-file/read-catalog.js';
import { createModelProvider } from './create-model-provider.js';
import type { ProviderSurroundings } from './language-model/provider-surroundings.js';
import type { LevelOf } from './language-model/spoken-provider.js';
import type { ProviderSettingsInput } from './provider-settings.js';
import { RulesProvider } from './rules/rules-provider.js';

/** Everybody who can be asked: the rules, and who has keys. */
export interface ConfiguredProviders {
  readonly providers: ReadonlyMap<string, ModelProvider>;
  /** Those of them that a simulator plays. */
  readonly simulated: ReadonlySet<string>;
  /** What was configured, for those who speak to a provider in its own way. */
  readonly connections: readonly ProviderSettingsInput[];
}

/**
 * The providers that the environment names. Of the catalog's providers, whoever has no keys is not there.
 * @throws ConfigurationError with a sentence that says what to correct.
 */
export async function configuredProviders(
  environment: Environment,
  catalog: Catalog,
  surroundings: ProviderSurroundings,
): Promise<ConfiguredProviders> {
  const { own, simulated } = await connectionsOf(environment, catalog);
  const rules = new RulesProvider();
  const providers = new Map<string, ModelProvider>([[rules.id, rules]]);
  for (const settings of [...own, ...simulated]) {
    if (providers.has(settings.id)) {
      throw new ConfigurationError(`The provider "${settings.id}" is configured twice; keep one of the two.`);
    }
    providers.set(settings.id, await createModelProvider(settings, surroundings, levelsIn(catalog, settings.id)));
  }
  return { providers, simulated: new Set(simulated.map(({ id }) => id)), connections: [...own, ...simulated] };
}

/** By the card of a model, or by its provider's where the catalog does not have it. */
const levelsIn =
  (catalog: Catalog, provider: string): LevelOf =>
  (model) =>
    schemaLevelOf(
      catalog,
      catalog.models.find((card) => card.provider === provider && card.model === model) ?? { provider },
    );

/** The catalog with the models that can be asked here. */
export const routableCatalog = (
  catalog: Catalog,
  { providers, connections = [] }: Pick<ConfiguredProviders, 'providers'> & Partial<ConfiguredProviders>,
): Catalog => ({ ...catalog, models: modelsWithin(catalog, new Set(providers.keys()), connections) });

/** Who can be asked (the rules, and who has keys), and the catalog with their models. @throws ConfigurationError */
export async function configuredCatalog(
  environment: Environment,
  catalog: Catalog,
): Promise<{ readonly providers: ReadonlySet<string>; readonly routable: Catalog }> {
  const { own, simulated } = await connectionsOf(environment, catalog);
  const connections = [...own, ...simulated];
  const providers = new Set(['rules', ...connections.map(({ id }) => id)]);
  return { providers, routable: { ...catalog, models: modelsWithin(catalog, providers, connections) } };
}

/** A connection in a region reaches the models that run there, and those that run anywhere. */
function modelsWithin(
  { models }: Catalog,
  providers: ReadonlySet<string>,
  connections: readonly ProviderSettingsInput[],
): ModelCard[] {
  const regionOf = new Map(connections.map(({ id, region }) => [id, region]));
  return models.filter(({ provider, regions }) => {
    const region = regionOf.get(provider);
    const isFree = region === undefined || regions === undefined || regions.includes('global');
    return providers.has(provider) && (isFree || allowsRegions(regions, [region]));
  });
}

interface Connections {
  readonly own: readonly ProviderSettingsInput[];
  readonly simulated: readonly ProviderSettingsInput[];
}

async function connectionsOf(environment: Environment, catalog: Catalog): Promise<Connections> {
  const own = [...withKeys(environment), ...(await readConnections(environment.WAYBILL_PROVIDERS))];
  return { own, simulated: simulatedSettings(environment.WAYBILL_MODEL_SIMULATOR_URL, catalog, own) };
}

/** The keys of each configured provider, without their secrets, and the limits that the catalog states. */
export async function configuredLimits(environment: Environment): Promise<LimitBook> {
  const catalog = await readCatalog(environment.WAYBILL_CATALOG_OVERLAY);
  const { own, simulated } = await connectionsOf(environment, catalog);
  const keys = [...own, ...simulated].map(
    (settings) => [settings.id, settings.keys.map(({ id, weight = 1 }) => ({ id, weight }))] as const,
  );
  return limitBookOf(catalog, new Map(keys));
}

function withKeys(environment: Environment): ProviderSettingsInput[] {
  const given = {
    openai: environment.WAYBILL_OPENAI_KEYS,
    anthropic: environment.WAYBILL_ANTHROPIC_KEYS,
    google: environment.WAYBILL_GOOGLE_KEYS,
    deepseek: environment.WAYBILL_DEEPSEEK_KEYS,
  };
  const pooled = (secrets: readonly string[]) => secrets.map((secret, at) => ({ id: `key-${at + 1}`, secret }));
  const { WAYBILL_BEDROCK_KEYS: bedrock, WAYBILL_BEDROCK_REGION: region } = environment;
  return [
    ...Object.entries(given).flatMap(([id, secrets]) => (secrets ? [{ id, family: id, keys: pooled(secrets) }] : [])),
    ...(bedrock ? [{ id: 'bedrock', family: 'amazon-bedrock', region, keys: pooled(bedrock) }] : []),
  ];
}

async function readConnections(path: string | undefined): Promise<ProviderSettingsInput[]> {
  if (path === undefined) return [];
  try {
    const data: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (Array.isArray(data)) return data as ProviderSettingsInput[];
  } catch (cause) {
    const why = (cause as Error).message;
    throw new ConfigurationError(`WAYBILL_PROVIDERS names ${path}, which cannot be used (${why}).`, { cause });
  }
  throw new ConfigurationError(`${path} (WAYBILL_PROVIDERS) must hold a list of connections: [{"id": …}].`);
}

/** Whose models go by the region of the connection, which a simulator is not in. */
const regional = new Set(['bedrock']);

/** The families whose ways the simulator knows by the provider's own name; all others speak like OpenAI. */
const ownFamilies = new Set(['openai', 'anthropic', 'google']);

function simulatedSettings(
  url: string | undefined,
  { providers }: Catalog,
  own: readonly ProviderSettingsInput[],
): ProviderSettingsInput[] {
  if (url === undefined) return [];
  const played = providers.filter(
    ({ id }) => id !== 'rules' && !regional.has(id) && !own.some((settings) => settings.id === id),
  );
  return played.map(({ id }) => ({
    id,
    family: ownFamilies.has(id) ? id : 'openai-compatible',
    baseUrl: new URL(simulatedPath(id), url.endsWith('/') ? url : `${url}/`).href,
    keys: [{ id: 'simulated', secret: 'simulated' }],
  }));
}

/** Who speaks like OpenAI is told apart by the path: each refuses other schemas. */
const simulatedPath = (id: string): string => (id === 'google' ? 'v1beta' : ownFamilies.has(id) ? 'v1' : `${id}/v1`);
