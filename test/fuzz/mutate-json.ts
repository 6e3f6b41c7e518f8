import type { Chance } from './mutate-bytes.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const whole = (chance: Chance, below: number): number => Math.floor(chance() * below);
const pick = <Item>(chance: Chance, items: readonly Item[]): Item => items[whole(chance, items.length)]!;

function nested(depth: number): Json {
  let value: Json = 0;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const nasty: readonly (() => Json)[] = [
  ...[() => null, () => true, () => '', () => [], () => ({}), () => 0, () => -1, () => 1e308, () => 2 ** 53],
  ...[() => -0.5, () => 'a'.repeat(70_000), () => '\u0000\ud800', () => 'a.>*', () => '../../x', () => '__proto__'],
  ...[() => nested(300), () => Array.from({ length: 2_000 }, () => 'x'), () => '=1+1', () => 'http://127.0.0.1/'],
  ...[() => ({ constructor: { prototype: null } }), () => '9999-99-99T99:99:99Z', () => '💥'.repeat(200), () => 'NaN'],
];

/** A JSON value with one to three places changed: other values, members gone, members that nobody knows. */
export function mutateJson(chance: Chance, value: unknown): unknown {
  let changed = structuredClone(value) as Json;
  for (let steps = 1 + whole(chance, 3); steps > 0; steps -= 1) changed = changedSomewhere(chance, changed);
  return changed;
}

/** What parsing JSON makes of such a key: a member like any other. */
const pollution = () => ({ value: { polluted: true }, enumerable: true, writable: true, configurable: true });

function changedSomewhere(chance: Chance, value: Json): Json {
  const isContainer = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!isContainer || chance() < 0.15) return pick(chance, nasty)();
  const holder = value as Record<string, Json>;
  const key = pick(chance, Object.keys(holder));
  const how = chance();
  if (how < 0.12) Reflect.deleteProperty(holder, key);
  else if (how < 0.2 && !Array.isArray(value))
    holder[pick(chance, ['x', 'toString', 'id', '', 'tenant'])] = pick(chance, nasty)();
  else if (how < 0.25) Object.defineProperty(holder, '__proto__', pollution());
  else holder[key] = changedSomewhere(chance, holder[key] ?? null);
  return value;
}
