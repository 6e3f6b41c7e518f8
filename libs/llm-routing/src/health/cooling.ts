import { keysOf, type CallLimits } from './admit-call.js';
import { pairOf, type ProviderGate } from './provider-gate.js';

/** Until when nobody may call a model, as far as its breaker and rests say; undefined when they say nothing. */
export function coolingOf(
  gate: ProviderGate,
  model: string,
  limits: CallLimits,
): { readonly until: Date; readonly reason: string } | undefined {
  const breaker = gate.breakers[model];
  const rests = [
    ...(gate.rests[model] ? [gate.rests[model]] : []),
    ...(breaker && breaker.kind !== 'closed' ? [breaker] : []),
    ...firstKeyBack(gate, model, limits),
  ];
  const last = rests.sort((a, b) => b.untilMs - a.untilMs)[0];
  return last && { until: new Date(last.untilMs), reason: last.reason };
}

/** All keys rest until the first one of them is back. */
function firstKeyBack(gate: ProviderGate, model: string, limits: CallLimits): { untilMs: number; reason: string }[] {
  const backs = keysOf(limits).map(({ id }) => {
    const { untilMs = 0, reason = '' } = gate.pairs[pairOf(id, model)]?.rest ?? {};
    const keyUntilMs = gate.keys[id] ?? 0;
    return keyUntilMs > untilMs
      ? { untilMs: keyUntilMs, reason: 'every key of the provider rests' }
      : { untilMs, reason };
  });
  const first = backs.sort((a, b) => a.untilMs - b.untilMs)[0];
  return first && first.untilMs > 0 ? [first] : [];
}

/** The models of which a gate says something. */
export const modelsIn = ({ breakers, rests, pairs }: ProviderGate): Set<string> =>
  new Set([
    ...Object.keys(breakers),
    ...Object.keys(rests),
    ...Object.keys(pairs).map((pair) => pair.slice(pair.indexOf(' ') + 1)),
  ]);
