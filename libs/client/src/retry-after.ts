import { retryDelayMs, type RetryPolicy } from '@waybill/jobs';

/** The delay that a `Retry-After` header asks for (RFC 9110, 10.2.3: seconds or a date), in ms; undefined without one. */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  if (text === '') return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

const policy: RetryPolicy = { baseMs: 250, maxMs: 10_000, factor: 3, jitter: 0.2 };

/** How long to wait before asking again: what the server asked for, else longer each time. `random` is in [0, 1). */
export function delayBeforeRetryMs(attempt: number, askedMs: number | undefined, random: number): number {
  return askedMs ?? retryDelayMs(attempt, policy, random);
}
