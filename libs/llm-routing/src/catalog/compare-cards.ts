/** One fact that differs between two cards; undefined where a side does not state it. */
export interface FactDifference {
  /** For example `prices.usdPerMillion.standard.input`. */
  readonly fact: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Every fact that differs, in the order of the names. Sources are no facts about the model and are left out. */
export function compareCards(before: object, after: object): FactDifference[] {
  const [old, now] = [factsOf(before), factsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((fact) => old.get(fact) !== now.get(fact))
    .sort()
    .map((fact) => ({ fact, before: old.get(fact), after: now.get(fact) }));
}

/** Lists of plain values are one fact; everything else is taken apart. */
function factsOf(card: object, above = '', found = new Map<string, unknown>()): Map<string, unknown> {
  for (const [name, value] of Object.entries(card) as [string, unknown][]) {
    if (value === undefined || (above === '' && name === 'sources')) continue;
    const path = above === '' ? name : `${above}.${name}`;
    if (typeof value !== 'object' || value === null) found.set(path, value);
    else if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object')) {
      found.set(path, [...(value as unknown[])].sort().join(', '));
    } else factsOf(value, path, found);
  }
  return found;
}
