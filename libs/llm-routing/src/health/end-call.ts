import type { ModelFailureKind } from '../provider/model-error.js';
import { breakerAfter, type Breaker, type CallIdentity, type Reach } from './breaker.js';
import { pairOf, type ProviderGate } from './provider-gate.js';
import { correct, type CountedTokens } from './rate-window.js';
import { restAfter } from './rest.js';

/** A call that was admitted and is over. */
export interface EndedCall extends CallIdentity {
  readonly model: string;
  readonly key?: string;
  readonly counted?: CountedTokens;
  /** What was billed, input and output; absent when nothing is known. */
  readonly billedTokens?: number;
  readonly result: CallResult;
}

export type CallResult =
  | { readonly kind: 'reached' | 'unclear' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'limited'; readonly reason: string; readonly statedUntilMs?: number };

/** What a kind of failure says of the model's health. */
export const resultKinds: Readonly<Record<ModelFailureKind, CallResult['kind']>> = {
  'rate-limited': 'limited',
  overloaded: 'failed',
  timeout: 'failed',
  unknown: 'failed',
  'context-too-long': 'reached',
  'content-refused': 'reached',
  truncated: 'reached',
  malformed: 'reached',
  auth: 'reached',
  'bad-request': 'reached',
};

/** The gate after a call; the same gate when the call changed nothing on which others must agree. */
export function endCall(gate: ProviderGate, ended: EndedCall, nowMs: number): ProviderGate {
  return [released, settled, rested, judged].reduce((before, step) => step(before, ended, nowMs), gate);
}

function released(gate: ProviderGate, { worker, call }: EndedCall): ProviderGate {
  const holder = gate.holders[worker];
  if (!holder?.calls.includes(call)) return gate;
  const calls = holder.calls.filter((each) => each !== call);
  return { ...gate, holders: { ...gate.holders, [worker]: { ...holder, calls } } };
}

function settled(gate: ProviderGate, { key = '-', model, counted, billedTokens }: EndedCall): ProviderGate {
  const name = pairOf(key, model);
  const pair = gate.pairs[name];
  if (!pair?.window || !counted || billedTokens === undefined) return gate;
  const window = correct(pair.window, counted, billedTokens);
  if (window === pair.window) return gate;
  return { ...gate, pairs: { ...gate.pairs, [name]: { ...pair, window: window.map(([...slot]) => slot) } } };
}

function rested(gate: ProviderGate, { model, key, result }: EndedCall, nowMs: number): ProviderGate {
  if (result.kind !== 'limited') return gate;
  if (key === undefined)
    return { ...gate, rests: replaced(gate.rests, model, restAfter(gate.rests[model], result, nowMs)) };
  const name = pairOf(key, model);
  const pair = gate.pairs[name] ?? {};
  return { ...gate, pairs: replaced(gate.pairs, name, { ...pair, rest: restAfter(pair.rest, result, nowMs) }) };
}

const replaced = <Value>(record: Record<string, Value>, name: string, value: Value): Record<string, Value> => ({
  ...record,
  [name]: value,
});

function judged(gate: ProviderGate, { model, worker, call, result }: EndedCall, nowMs: number): ProviderGate {
  const reach: Reach = result.kind === 'limited' ? 'unclear' : result.kind;
  const reason = result.kind === 'failed' ? result.reason : '';
  const before: Breaker | undefined = gate.breakers[model];
  const after = breakerAfter(before, { reach, reason, by: { worker, call } }, nowMs);
  if (after === before) return gate;
  const { [model]: _before, ...others } = gate.breakers;
  return { ...gate, breakers: after ? { ...others, [model]: after } : others };
}
