import { chooseKey, type PoolKey } from '../keys/choose-key.js';
import { askBreaker, leaseMs, type BreakerAnswer, type CallIdentity } from './breaker.js';
import { callsUnderWay, pairOf, type ProviderGate } from './provider-gate.js';
import { count, fitsFrom, hasLimit, type CountedTokens, type RateLimit } from './rate-window.js';

/** What is allowed at a provider, for one of its models. */
export interface CallLimits {
  /** Empty when it is not known which keys there are: limits then hold for all of them together. */
  readonly keys: readonly PoolKey[];
  /** Of each key. */
  readonly rate: RateLimit;
  readonly maxConcurrentCalls?: number;
}

export interface AdmissionRequest extends CallIdentity {
  readonly model: string;
  /** Upper end of input and output together. */
  readonly tokens: number;
  /** Uniform in [0, 1): draws the key. */
  readonly random: number;
}

export type Verdict =
  | {
      readonly kind: 'admitted';
      readonly key?: string;
      readonly counted?: CountedTokens;
      /** Counted among the calls under way: to be renewed while it lasts, and taken back. */
      readonly isHeld: boolean;
    }
  | { readonly kind: 'wait'; readonly untilMs: number; readonly reason: string };

/** The same gate when nothing had to be written down: a wait, or an admission on which nobody has to agree. */
export interface AdmissionResult {
  readonly gate: ProviderGate;
  readonly verdict: Verdict;
}

/** Stands in a pool of which no key is known. */
const nameless: PoolKey = { id: '-', weight: 1 };
/** Nobody knows when a call will end. */
const busyRetryMs = 2_000;

/** Decides on one call, and notes what it takes up. */
export function admitCall(
  gate: ProviderGate,
  request: AdmissionRequest,
  limits: CallLimits,
  nowMs: number,
): AdmissionResult {
  const { model, worker, call } = request;
  const wait = (untilMs: number, reason: string): AdmissionResult => ({
    gate,
    verdict: { kind: 'wait', untilMs, reason },
  });
  const rest = gate.rests[model];
  if (rest && rest.untilMs > nowMs) return wait(rest.untilMs, rest.reason);
  const answer = askBreaker(gate.breakers[model], request, nowMs);
  if (answer.kind === 'wait') return wait(answer.untilMs, answer.reason);
  const { maxConcurrentCalls } = limits;
  if (maxConcurrentCalls !== undefined && callsUnderWay(gate, nowMs, worker) >= maxConcurrentCalls) {
    return wait(nowMs + busyRetryMs, `all ${maxConcurrentCalls} calls that the provider takes at once are under way`);
  }
  const choice = chooseKey(keysOf(limits), busyUntil(gate, request, limits, nowMs), new Date(nowMs), request.random);
  if (choice.kind === 'cooling') return wait(choice.until.getTime(), waitReason(gate, request, limits));
  const key = choice.key.id;
  const counted = countCall(gate, key, request, limits, nowMs);
  const holds = maxConcurrentCalls !== undefined || answer.kind === 'probe';
  return {
    gate: holds ? held(withProbe(counted.gate, model, answer), worker, call, nowMs) : counted.gate,
    verdict: {
      kind: 'admitted',
      isHeld: holds,
      ...(limits.keys.length > 0 && { key }),
      ...(counted.counted && { counted: counted.counted }),
    },
  };
}

export const keysOf = ({ keys }: CallLimits): readonly PoolKey[] => (keys.length > 0 ? keys : [nameless]);

/** Until when each key cannot take this call. */
function busyUntil(
  gate: ProviderGate,
  { model, tokens }: AdmissionRequest,
  limits: CallLimits,
  nowMs: number,
): Map<string, Date> {
  return new Map(
    keysOf(limits).map(({ id }) => {
      const { rest, window } = gate.pairs[pairOf(id, model)] ?? {};
      const fits = window ? fitsFrom(window, limits.rate, tokens, nowMs) : nowMs;
      return [id, new Date(Math.max(gate.keys[id] ?? 0, rest?.untilMs ?? 0, fits))];
    }),
  );
}

function waitReason(gate: ProviderGate, { model }: AdmissionRequest, limits: CallLimits): string {
  const rests = keysOf(limits).flatMap(({ id }) => gate.pairs[pairOf(id, model)]?.rest?.reason ?? []);
  const { requestsPerMinute: requests, tokensPerMinute: tokens } = limits.rate;
  if (rests[0] !== undefined || !hasLimit(limits.rate)) return rests[0] ?? 'every key of the provider rests';
  const limit = [
    ...(requests ? [`${requests} request${requests === 1 ? '' : 's'}`] : []),
    ...(tokens ? [`${tokens} tokens`] : []),
  ].join(' and ');
  return `the limit of ${limit} a minute is reached`;
}

function countCall(
  gate: ProviderGate,
  key: string,
  { model, tokens }: AdmissionRequest,
  { rate }: CallLimits,
  nowMs: number,
): { readonly gate: ProviderGate; readonly counted?: CountedTokens } {
  if (!hasLimit(rate)) return { gate };
  const name = pairOf(key, model);
  const { window, counted } = count(gate.pairs[name]?.window ?? [], rate, tokens, nowMs);
  const pair = { ...gate.pairs[name], window: window.map(([...slot]) => slot) };
  return { gate: { ...gate, pairs: { ...gate.pairs, [name]: pair } }, counted };
}

const withProbe = (gate: ProviderGate, model: string, answer: BreakerAnswer): ProviderGate =>
  answer.kind === 'probe' ? { ...gate, breakers: { ...gate.breakers, [model]: answer.breaker } } : gate;

function held(gate: ProviderGate, worker: string, call: number, nowMs: number): ProviderGate {
  const before = gate.holders[worker]?.calls ?? [];
  const calls = before.includes(call) ? before : [...before, call];
  return { ...gate, holders: { ...gate.holders, [worker]: { calls, untilMs: nowMs + leaseMs } } };
}
