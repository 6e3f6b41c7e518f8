import { modelProviderVariables } from '@waybill/platform';

/**
 * What services are told so that stand-ins at `url` answer for every model: no key and no connection of the user's
 * environment is left, so nothing is spent.
 */
export function simulatedModels(url: string | undefined): Record<string, string> {
  if (url === undefined) return {};
  const connections = Object.keys(modelProviderVariables).filter((name) => /_KEYS$|_PROVIDERS$/.test(name));
  return { ...Object.fromEntries(connections.map((name) => [name, ''])), WAYBILL_MODEL_SIMULATOR_URL: url };
}
