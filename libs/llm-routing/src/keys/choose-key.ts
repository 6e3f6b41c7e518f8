/** A key of a provider, without its secret. */
export interface PoolKey {
  readonly id: string;
  /** Its share of the calls, against the other keys that are in use. */
  readonly weight: number;
}

/** The key to use, or the moment at which the first one is usable again. */
export type KeyChoice =
  { readonly kind: 'key'; readonly key: PoolKey } | { readonly kind: 'cooling'; readonly until: Date };

/**
 * Chooses among the keys that are not cooling, in proportion to their weights. `random` is uniform in [0, 1), passed
 * in so that the choice is a pure function; several processes that choose like this share the load without speaking.
 */
export function chooseKey(
  keys: readonly PoolKey[],
  coolingUntil: ReadonlyMap<string, Date>,
  now: Date,
  random: number,
): KeyChoice {
  const usable = keys.filter(({ id }) => (coolingUntil.get(id)?.getTime() ?? 0) <= now.getTime());
  let left = random * usable.reduce((sum, { weight }) => sum + weight, 0);
  for (const key of usable) {
    left -= key.weight;
    if (left < 0) return { kind: 'key', key };
  }
  const last = usable.at(-1);
  if (last) return { kind: 'key', key: last };
  const reopenings = keys.map(({ id }) => coolingUntil.get(id)?.getTime() ?? 0);
  return { kind: 'cooling', until: new Date(Math.min(...reopenings)) };
}
