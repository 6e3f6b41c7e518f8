import type { ModelError, PoolKey } from '@waybill/llm-routing';
import { factsOf, listOf } from '../wire-formats/facts-of.js';

/**
 * What rests after a failure, as the health of keys names it: the key, when it was refused or its whole account is limited;
 * else the key for this model alone, because providers count by model.
 */
export const restedBy = (key: string, model: string, { kind, facts }: ModelError): string =>
  kind === 'auth' || limitsTheAccount(facts.raw) ? key : pairOf(key, model);

/** Until when each key rests for a model: for itself, or for all of them. */
export function coolingFor(
  keys: readonly Pick<PoolKey, 'id'>[],
  model: string,
  cooling: ReadonlyMap<string, Date>,
): ReadonlyMap<string, Date> {
  const untils = keys.flatMap(({ id }) => {
    const ends = [cooling.get(id), cooling.get(pairOf(id, model))].flatMap((until) => until?.getTime() ?? []);
    return ends.length > 0 ? [[id, new Date(Math.max(...ends))] as const] : [];
  });
  return new Map(untils);
}

const pairOf = (key: string, model: string): string => `${key} ${model}`;

/** Google names the quota (`…PerProject` or `…PerProjectPerModel`); others say it in words. */
function limitsTheAccount(raw: unknown): boolean {
  const error = factsOf(factsOf(raw).error);
  const quotas = listOf(error.details)
    .flatMap((detail) => listOf(factsOf(detail).violations))
    .flatMap((violation) => {
      const { quotaId } = factsOf(violation);
      return typeof quotaId === 'string' ? [quotaId] : [];
    });
  if (quotas.length > 0) return quotas.some((quota) => !quota.includes('PerModel'));
  return (
    typeof error.message === 'string' && /\b(across|for) all models\b|account[- ](wide|level)/i.test(error.message)
  );
}
