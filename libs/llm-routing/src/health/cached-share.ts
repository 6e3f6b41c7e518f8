import { remaining, tallyAt, type Tally } from './tally.js';

/** Input tokens of a model that came from its provider's cache (good), and all others (bad). */
export type CachedTokens = Tally;

/** Caches are kept for minutes, and whether prompts share a beginning changes with the work. */
const halfLifeMs = 30 * 60_000;
/** So many tokens of which nothing was cached are believed in before any bill: a few calls promise no discount. */
const doubtTokens = 20_000;

/** After one more bill. The order of bills makes no difference. */
export function afterCached(
  tokens: CachedTokens | undefined,
  bill: { readonly billedInputTokens: number; readonly cachedInputTokens?: number },
  atMs: number,
): CachedTokens | undefined {
  const { billedInputTokens: all, cachedInputTokens: cached = 0 } = bill;
  if (all <= 0 || (cached <= 0 && !tokens)) return tokens;
  const good = Math.min(all, Math.max(0, cached));
  if (!tokens) return { good, bad: all - good, atMs };
  const now = tallyAt(tokens, atMs, halfLifeMs);
  const left = remaining(now.atMs - atMs, halfLifeMs);
  return { ...now, good: now.good + good * left, bad: now.bad + (all - good) * left };
}

/** The share of the next call's input that is expected to be cached, 0..1. */
export function usualCachedShare(tokens: CachedTokens, nowMs: number): number {
  const { good, bad } = tallyAt(tokens, nowMs, halfLifeMs);
  return good / (good + bad + doubtTokens);
}
