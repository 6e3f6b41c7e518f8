import { commonLevel, type CallService, type ModelProvider } from '@waybill/llm-routing';
import { ConfigurationError } from '@waybill/platform';
import { providerFamilies } from './families/provider-families.js';
import type { ProviderSurroundings } from './language-model/provider-surroundings.js';
import type { LevelOf } from './language-model/spoken-provider.js';
import { parseProviderSettings, type ProviderSettingsInput } from './provider-settings.js';

/** The families that are built in, by the names that settings use. */
export const providerFamilyNames = (): string[] => Object.keys(providerFamilies);

/** The families that take calls by the batch. */
export async function batchFamilyNames(): Promise<string[]> {
  const known = Object.entries(providerFamilies).map(async ([name, load]) => ({ name, family: await load() }));
  return (await Promise.all(known)).flatMap(({ name, family }) => (family.batches ? [name] : []));
}

/** The services that calls of each family can ask for besides the usual one; without those that have none. */
export async function familyServices(): Promise<ReadonlyMap<string, readonly CallService[]>> {
  const known = Object.entries(providerFamilies).map(async ([name, load]) => ({ name, family: await load() }));
  return new Map(
    (await Promise.all(known)).flatMap(({ name, family: { services } }) => (services ? [[name, services]] : [])),
  );
}

const unstatedLevel: LevelOf = () => commonLevel;

/** A provider by its settings; its models take schemas of answers at the common level where nobody says otherwise. @throws ConfigurationError with a sentence when the settings cannot be used. */
export async function createModelProvider(
  input: ProviderSettingsInput,
  surroundings: ProviderSurroundings,
  levelOf = unstatedLevel,
): Promise<ModelProvider> {
  const settings = parseProviderSettings(input);
  const family = await providerFamilies[settings.family]?.();
  const missing = family ? family.missing?.(settings) : `its family must be one of ${providerFamilyNames().join(', ')}`;
  if (!family || missing) {
    throw new ConfigurationError(`The provider "${settings.id}" cannot be used; ${missing}.`);
  }
  const { LanguageModelProvider } = await import('./language-model/language-model-provider.js');
  return new LanguageModelProvider({ settings, family, levelOf }, surroundings);
}
