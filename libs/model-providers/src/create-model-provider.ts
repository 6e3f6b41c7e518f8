import type { ModelProvider } from '@waybill/llm-routing';
import { ConfigurationError } from '@waybill/platform';
import type { ProviderSurroundings } from './language-model/provider-surroundings.js';
import { parseProviderSettings, type ProviderSettingsInput } from './provider-settings.js';

/** The families' packages are loaded when the first provider is made: whoever needs none does not wait for them. */
const loadFamilies = async () => (await import('./families/provider-families.js')).providerFamilies;

/** The families that are built in, by the names that settings use. */
export const providerFamilyNames = async (): Promise<string[]> => Object.keys(await loadFamilies());

/** The families that take calls by the batch. */
export const batchFamilyNames = async (): Promise<string[]> =>
  Object.entries(await loadFamilies()).flatMap(([name, { batches }]) => (batches ? [name] : []));

/** A provider by its settings. @throws ConfigurationError with a sentence when the settings cannot be used. */
export async function createModelProvider(
  input: ProviderSettingsInput,
  surroundings: ProviderSurroundings,
): Promise<ModelProvider> {
  const settings = parseProviderSettings(input);
  const families = await loadFamilies();
  const family = families[settings.family];
  const missing = family ? family.missing?.(settings) : `its family must be one of ${Object.keys(families).join(', ')}`;
  if (!family || missing) {
    throw new ConfigurationError(`The provider "${settings.id}" cannot be used; ${missing}.`);
  }
  const { LanguageModelProvider } = await import('./language-model/language-model-provider.js');
  return new LanguageModelProvider(settings, family, surroundings);
}
