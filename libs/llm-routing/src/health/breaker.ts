import { z } from 'zod';
import { countIn, tallySchema } from './tally.js';

/** The breaker of a model; docs/route-state.md has the table of its transitions. Absent: closed, and nothing happened. */
export const breakerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('closed'), tally: tallySchema, trips: z.number(), closedAtMs: z.number() }),
  z.object({ kind: z.literal('open'), untilMs: z.number(), trips: z.number(), reason: z.string() }),
  z.object({
    kind: z.literal('half-open'),
    worker: z.string(),
    call: z.number(),
    /** The probe's worker is dead if it has not said otherwise by then. */
    untilMs: z.number(),
    trips: z.number(),
    reason: z.string(),
  }),
]);
export type Breaker = Readonly<z.infer<typeof breakerSchema>>;

/** Who asks, or reports: one call of one worker. */
export interface CallIdentity {
  readonly worker: string;
  /** Unique in its worker. */
  readonly call: number;
}

/** What a call says of its model's health. `unclear`: it was given up, or limited. */
export type Reach = 'reached' | 'failed' | 'unclear';

export const leaseMs = 15_000;
const failuresToOpen = 5;
const shareToOpen = 0.5;
const halfLifeMs = 30_000;
const firstRestMs = 10_000;
const longestRestMs = 300_000;
const healthyAfterMs = 600_000;
/** Below this, failures have faded. */
const negligible = 0.5;

export type BreakerAnswer =
  | { readonly kind: 'pass' }
  | { readonly kind: 'probe'; readonly breaker: Breaker }
  | { readonly kind: 'wait'; readonly untilMs: number; readonly reason: string };

/** May this call go to the model? Changes nothing unless it is the probe. */
export function askBreaker(breaker: Breaker | undefined, { worker, call }: CallIdentity, nowMs: number): BreakerAnswer {
  if (!breaker || breaker.kind === 'closed') return { kind: 'pass' };
  const { untilMs, reason, trips } = breaker;
  if (nowMs < untilMs) return { kind: 'wait', untilMs, reason };
  return { kind: 'probe', breaker: { kind: 'half-open', worker, call, untilMs: nowMs + leaseMs, trips, reason } };
}

/** The breaker after a call ended. Calls that began before it opened change it no more. */
export function breakerAfter(
  breaker: Breaker | undefined,
  { reach, reason, by }: { readonly reach: Reach; readonly reason: string; readonly by: CallIdentity },
  nowMs: number,
): Breaker | undefined {
  if (!breaker || breaker.kind === 'closed') return closedAfter(breaker, reach, reason, nowMs);
  if (breaker.kind === 'open' || !isProbe(breaker, by)) return breaker;
  if (reach === 'failed') return opened(breaker.trips + 1, reason, nowMs);
  const { trips } = breaker;
  if (reach === 'unclear') return { kind: 'open', untilMs: nowMs, trips, reason: breaker.reason };
  return { kind: 'closed', tally: { good: 0, bad: 0, atMs: nowMs }, trips, closedAtMs: nowMs };
}

/** A live worker's probe goes on. @param isHeld whether the worker still has this call under way */
export function renewProbe(
  breaker: Breaker,
  worker: string,
  isHeld: (call: number) => boolean,
  nowMs: number,
): Breaker {
  if (breaker.kind !== 'half-open' || breaker.worker !== worker || !isHeld(breaker.call)) return breaker;
  return { ...breaker, untilMs: Math.max(breaker.untilMs, nowMs + leaseMs) };
}

const isProbe = (breaker: Extract<Breaker, { kind: 'half-open' }>, by: CallIdentity): boolean =>
  breaker.worker === by.worker && breaker.call === by.call;

type Closed = Extract<Breaker, { kind: 'closed' }>;

function closedAfter(breaker: Closed | undefined, reach: Reach, reason: string, nowMs: number): Breaker | undefined {
  if (reach === 'unclear' || (!breaker && reach === 'reached')) return breaker;
  const before = breaker ?? { trips: 0, closedAtMs: nowMs, tally: undefined };
  const tally = countIn(before.tally, reach === 'failed' ? 'bad' : 'good', nowMs, halfLifeMs);
  const isHealthy = nowMs - before.closedAtMs >= healthyAfterMs;
  if (tally.bad >= failuresToOpen - negligible && tally.bad >= shareToOpen * (tally.good + tally.bad)) {
    return opened(isHealthy ? 1 : before.trips + 1, reason, nowMs);
  }
  const isForgotten = tally.bad < negligible && (before.trips === 0 || isHealthy);
  return isForgotten ? undefined : { kind: 'closed', tally, trips: before.trips, closedAtMs: before.closedAtMs };
}

function opened(trips: number, reason: string, nowMs: number): Breaker {
  const restMs = Math.min(longestRestMs, firstRestMs * 2 ** (trips - 1));
  return { kind: 'open', untilMs: nowMs + restMs, trips, reason };
}
