import type { Catalog } from '../catalog/catalog.js';
import type { PoolKey } from '../keys/choose-key.js';
import type { CallLimits } from './admit-call.js';

/** What is allowed for each model of each provider. */
export type LimitBook = (provider: string, model: string) => CallLimits;

/** Limits as the catalog and its overlay state them. @param keys each provider's keys, without their secrets */
export function limitBookOf(
  catalog: Pick<Catalog, 'models' | 'providers'>,
  keys: ReadonlyMap<string, readonly PoolKey[]>,
): LimitBook {
  const models = new Map(catalog.models.map(({ id, limits }) => [id, limits]));
  const concurrency = new Map(catalog.providers.map(({ id, maxConcurrentCalls }) => [id, maxConcurrentCalls]));
  return (provider, model) => {
    const { requestsPerMinute, tokensPerMinute } = models.get(model) ?? {};
    return {
      keys: keys.get(provider) ?? [],
      rate: { requestsPerMinute, tokensPerMinute },
      maxConcurrentCalls: concurrency.get(provider),
    };
  };
}
