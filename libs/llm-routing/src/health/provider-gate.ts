import { z } from 'zod';
import { breakerSchema, leaseMs, renewProbe } from './breaker.js';
import { recent, rateWindowSchema } from './rate-window.js';
import { isRestOver, restSchema } from './rest.js';

/** What of a provider all workers agree on before they call it. Times are Unix milliseconds. */
export const providerGateSchema = z.object({
  version: z.literal(1),
  /** By model. */
  breakers: z.record(z.string(), breakerSchema),
  /** By model: on all keys. */
  rests: z.record(z.string(), restSchema),
  /** By `pairOf` key and model. */
  pairs: z.record(z.string(), z.object({ rest: restSchema.optional(), window: rateWindowSchema.optional() })),
  /** Until when each key rests for all models. */
  keys: z.record(z.string(), z.number()),
  /** By worker: the calls that it has under way, if it still lives. */
  holders: z.record(z.string(), z.object({ calls: z.array(z.number()), untilMs: z.number() })),
});
export type ProviderGate = z.infer<typeof providerGateSchema>;
export type GatePair = ProviderGate['pairs'][string];

export const openGate: ProviderGate = Object.freeze({
  version: 1,
  breakers: {},
  rests: {},
  pairs: {},
  keys: {},
  holders: {},
});

export const pairOf = (key: string, model: string): string => `${key} ${model}`;

/** Calls under way of all workers that live. @param asking a worker that lives, because it asks, however late its beat is */
export const callsUnderWay = ({ holders }: ProviderGate, nowMs: number, asking?: string): number =>
  Object.entries(holders).reduce(
    (sum, [worker, { calls, untilMs }]) => sum + (untilMs > nowMs || worker === asking ? calls.length : 0),
    0,
  );

/** A key rests for all models; a later moment is not replaced by an earlier one. */
export function coolKey(gate: ProviderGate, key: string, untilMs: number): ProviderGate {
  return untilMs > (gate.keys[key] ?? 0) ? { ...gate, keys: { ...gate.keys, [key]: untilMs } } : gate;
}

/** One worker's beat: what it holds is held for another lease, and nothing else is held by it. */
export function renewLeases(gate: ProviderGate, worker: string, calls: readonly number[], nowMs: number): ProviderGate {
  const held = new Set(calls);
  const breakers = Object.entries(gate.breakers).map(
    ([model, breaker]) => [model, renewProbe(breaker, worker, (call) => held.has(call), nowMs)] as const,
  );
  const { [worker]: _mine, ...others } = gate.holders;
  const mine = held.size > 0 ? { [worker]: { calls: [...held], untilMs: nowMs + leaseMs } } : {};
  return { ...gate, breakers: Object.fromEntries(breakers), holders: { ...others, ...mine } };
}

/** Without what has passed: so a gate stays as small as what is going on. */
export function tidied(gate: ProviderGate, nowMs: number): ProviderGate {
  const pairs = Object.entries(gate.pairs).flatMap(([pair, { rest, window }]): [string, GatePair][] => {
    const keptRest = rest && !isRestOver(rest, nowMs) ? rest : undefined;
    const keptWindow = window && recent(window, nowMs);
    if (!keptRest && !keptWindow?.length) return [];
    return [
      [pair, { ...(keptRest && { rest: keptRest }), ...(keptWindow?.length && { window: keptWindow.map(copyOf) }) }],
    ];
  });
  return {
    ...gate,
    pairs: Object.fromEntries(pairs),
    rests: keep(gate.rests, (rest) => !isRestOver(rest, nowMs)),
    keys: keep(gate.keys, (untilMs) => untilMs > nowMs),
    holders: keep(gate.holders, ({ calls, untilMs }) => untilMs > nowMs && calls.length > 0),
  };
}

const copyOf = ([slot, requests, tokens]: readonly [number, number, number]): [number, number, number] => [
  slot,
  requests,
  tokens,
];

function keep<Value>(record: Record<string, Value>, isKept: (value: Value) => boolean): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => isKept(value)));
}
