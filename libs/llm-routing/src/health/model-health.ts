import { z } from 'zod';
import { cellKey, type ModelKnowledge } from '../decision/route-request.js';
import type { CallOutcome, VerifiedOutcome } from '../ports/route-state.js';
import { afterBill, billedShareSchema, usualShare } from './billed-share.js';
import { afterCached, usualCachedShare } from './cached-share.js';
import { robustMeanSchema, valueOf, withValue } from './robust-mean.js';
import { countIn, tallyAt, tallySchema, type Tally } from './tally.js';

/** What calls and verified outcomes have taught about a model snapshot. */
export const modelHealthSchema = z.object({
  version: z.literal(1),
  firstTokenMs: robustMeanSchema.optional(),
  perOutputTokenMs: robustMeanSchema.optional(),
  billed: billedShareSchema.optional(),
  /** Input tokens that were billed as cached (good), and the others. */
  cached: tallySchema.optional(),
  /** Answered (good) and failed calls. */
  calls: tallySchema.optional(),
  /** The same by key. */
  keys: z.record(z.string(), tallySchema),
  /** Accepted (good) and refused answers by `cellKey`. */
  outcomes: z.record(z.string(), tallySchema),
});
export type ModelHealth = z.infer<typeof modelHealthSchema>;

export const unknownHealth: ModelHealth = Object.freeze({ version: 1, keys: {}, outcomes: {} });

const callsHalfLifeMs = 600_000;
const outcomesHalfLifeMs = 7 * 86_400_000;
const mostOutcomes = 256;
const mostKeys = 32;

/** After a call that was not given up. */
export function learnCall(
  health: ModelHealth,
  outcome: Exclude<CallOutcome, { kind: 'abandoned' }>,
  key: string | undefined,
  atMs: number,
): ModelHealth {
  const side = outcome.kind === 'answered' ? 'good' : 'bad';
  const counted: ModelHealth = {
    ...health,
    calls: countIn(health.calls, side, atMs, callsHalfLifeMs),
    ...(key !== undefined && {
      keys: bounded({ ...health.keys, [key]: countIn(health.keys[key], side, atMs, callsHalfLifeMs) }, mostKeys),
    }),
  };
  if (outcome.kind === 'failed') return counted;
  const { firstTokenMs, totalMs, outputTokens, billedInputTokens, estimatedInputTokens } = outcome;
  const billed = { billedTokens: billedInputTokens, estimatedTokens: estimatedInputTokens };
  const cached = afterCached(health.cached, outcome, atMs);
  const learned: ModelHealth = {
    ...counted,
    billed: afterBill(health.billed, billed, atMs),
    ...(cached && { cached }),
  };
  if (firstTokenMs === undefined) return learned;
  const perTokenMs = Math.max(0, totalMs - firstTokenMs) / outputTokens;
  return {
    ...learned,
    firstTokenMs: withValue(health.firstTokenMs, firstTokenMs, atMs),
    ...(outputTokens > 0 && { perOutputTokenMs: withValue(health.perOutputTokenMs, perTokenMs, atMs) }),
  };
}

/** After an answer was verified. */
export function learnOutcome(health: ModelHealth, outcome: VerifiedOutcome, atMs: number): ModelHealth {
  const cell = cellKey(outcome.task, outcome.documentKind, outcome.band);
  const counts = countIn(health.outcomes[cell], outcome.accepted ? 'good' : 'bad', atMs, outcomesHalfLifeMs);
  return { ...health, outcomes: bounded({ ...health.outcomes, [cell]: counts }, mostOutcomes) };
}

/** Of too many tallies, the one that was counted in last longest ago goes. */
function bounded(tallies: Record<string, Tally>, most: number): Record<string, Tally> {
  const entries = Object.entries(tallies);
  if (entries.length <= most) return tallies;
  return Object.fromEntries(entries.sort(([, a], [, b]) => b.atMs - a.atMs).slice(0, most));
}

/** Outcomes as they still count now. */
export const outcomesAt = ({ outcomes }: ModelHealth, nowMs: number): Record<string, Tally> =>
  Object.fromEntries(
    Object.entries(outcomes).map(([cell, tally]) => [cell, tallyAt(tally, nowMs, outcomesHalfLifeMs)]),
  );

/** For the router. Per-token times and shares that nobody has seen yet stay unknown. */
export function knowledgeOf(health: ModelHealth, nowMs: number): ModelKnowledge {
  const { firstTokenMs, perOutputTokenMs, billed, cached } = health;
  const outcomes = Object.entries(outcomesAt(health, nowMs));
  return {
    ...(outcomes.length > 0 && {
      outcomes: new Map(outcomes.map(([cell, { good, bad }]) => [cell, { accepted: good, refused: bad }])),
    }),
    ...(firstTokenMs &&
      perOutputTokenMs && {
        latency: { firstTokenMs: valueOf(firstTokenMs), perOutputTokenMs: valueOf(perOutputTokenMs) },
      }),
    ...(billed && { billedShare: usualShare(billed) }),
    ...(cached && { cachedShare: usualCachedShare(cached, nowMs) }),
  };
}
