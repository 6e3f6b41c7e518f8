import { z } from 'zod';

/** What was let through in the last minute: `[slot, requests, tokens]`, a slot for each three seconds, oldest first. */
export const rateWindowSchema = z.array(z.tuple([z.number(), z.number(), z.number()]));
export type RateWindow = readonly (readonly [slot: number, requests: number, tokens: number])[];

/** What a provider allows a key for a model in any minute. */
export interface RateLimit {
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
}

/** What a call was counted as, to be corrected when it is billed. */
export interface CountedTokens {
  readonly slot: number;
  readonly tokens: number;
}

const slotMs = 3_000;
/** A minute, wherever it begins, lies within so many slots. */
const slotsInMinute = 60_000 / slotMs + 1;
const slotAt = (atMs: number): number => Math.floor(atMs / slotMs);

export const hasLimit = ({ requestsPerMinute, tokensPerMinute }: RateLimit): boolean =>
  requestsPerMinute !== undefined || tokensPerMinute !== undefined;

/** Without what is older than a minute. */
export const recent = (window: RateWindow, nowMs: number): RateWindow => {
  const oldest = slotAt(nowMs) - slotsInMinute;
  return window.some(([slot]) => slot <= oldest) ? window.filter(([slot]) => slot > oldest) : window;
};

/** A call above the whole limit counts as the limit: it gets in when nothing else is counted. */
const weighed = (tokens: number, { tokensPerMinute = Infinity }: RateLimit): number =>
  Math.min(Math.ceil(tokens), tokensPerMinute);

/** From when on a call of so many tokens fits, in Unix milliseconds; `nowMs` if it fits now. */
export function fitsFrom(window: RateWindow, limit: RateLimit, tokens: number, nowMs: number): number {
  const { requestsPerMinute = Infinity, tokensPerMinute = Infinity } = limit;
  const counted = recent(window, nowMs);
  let requests = counted.reduce((sum, [, each]) => sum + each, 0);
  let used = counted.reduce((sum, [, , each]) => sum + each, 0);
  const fits = (): boolean => requests + 1 <= requestsPerMinute && used + weighed(tokens, limit) <= tokensPerMinute;
  if (fits()) return nowMs;
  for (const [slot, slotRequests, slotTokens] of counted) {
    requests -= slotRequests;
    used -= slotTokens;
    if (fits()) return (slot + slotsInMinute) * slotMs;
  }
  return (slotAt(nowMs) + slotsInMinute) * slotMs;
}

/** Counts a call that was let through now. */
export function count(
  window: RateWindow,
  limit: RateLimit,
  tokens: number,
  nowMs: number,
): { readonly window: RateWindow; readonly counted: CountedTokens } {
  const slot = slotAt(nowMs);
  const counted = { slot, tokens: weighed(tokens, limit) };
  return { window: added(recent(window, nowMs), slot, [1, counted.tokens]), counted };
}

/** Puts what was billed in the place of what was counted; a slot that has passed is left alone. */
export function correct(window: RateWindow, { slot, tokens }: CountedTokens, billedTokens: number): RateWindow {
  if (billedTokens === tokens || !window.some(([each]) => each === slot)) return window;
  return added(window, slot, [0, billedTokens - tokens]);
}

function added(window: RateWindow, slot: number, [requests, tokens]: [number, number]): RateWindow {
  const before = window.find(([each]) => each === slot) ?? [slot, 0, 0];
  const after = [slot, before[1] + requests, Math.max(0, before[2] + tokens)] as const;
  return [...window.filter(([each]) => each !== slot), after].sort(([a], [b]) => a - b);
}
