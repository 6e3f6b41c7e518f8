/** Exponential delays with jitter. All in milliseconds. */
export interface RetryPolicy {
  readonly baseMs: number;
  readonly maxMs: number;
  readonly factor: number;
  /** Share of the delay that is random, 0..1: 0.2 gives ±20 %. */
  readonly jitter: number;
}

export const defaultRetryPolicy: RetryPolicy = Object.freeze({ baseMs: 1_000, maxMs: 60_000, factor: 4, jitter: 0.2 });

/** Webhook endpoints are somebody else's: 5 s, 30 s, 3 min, 18 min, 1.8 h, then 6 h. */
export const webhookRetryPolicy: RetryPolicy = Object.freeze({
  baseMs: 5_000,
  maxMs: 6 * 3_600_000,
  factor: 6,
  jitter: 0.2,
});

/**
 * The delay before the attempt after `attempt` (1 = the first run has failed).
 * `random` is uniform in [0, 1); passed in so that the schedule is a pure function.
 */
export function retryDelayMs(attempt: number, policy: RetryPolicy, random: number): number {
  const plain = Math.min(policy.maxMs, policy.baseMs * policy.factor ** (Math.max(1, attempt) - 1));
  return Math.round(plain * (1 + policy.jitter * (2 * random - 1)));
}
