import { factsOf, listOf } from '../wire-formats/facts-of.js';

type Headers = Readonly<Record<string, string | undefined>>;

const latestMs = 24 * 3_600_000;

/**
 * When a provider says that it answers again: Retry-After in seconds or as a date, its milliseconds, the resets of
 * OpenAI (`6m0s`) and Anthropic (a date), or Google's RetryInfo in the body. Header names are in lower case. A time
 * more than a day away is not believed and cut to a day.
 */
export function reopeningTime(headers: Headers, body: unknown, now: Date): Date | undefined {
  const waits = [
    millisecondsOf(headers['retry-after-ms'], 1),
    millisecondsOf(headers['retry-after'], 1_000),
    untilDate(headers['retry-after'], now),
    retryInfo(body),
    headers['x-ratelimit-remaining-requests'] === '0' ? durationOf(headers['x-ratelimit-reset-requests']) : undefined,
    headers['x-ratelimit-remaining-tokens'] === '0' ? durationOf(headers['x-ratelimit-reset-tokens']) : undefined,
    untilDate(headers['anthropic-ratelimit-requests-reset'], now),
  ];
  const wait = waits.find((ms) => ms !== undefined && ms >= 0);
  return wait === undefined ? undefined : new Date(now.getTime() + Math.min(latestMs, wait));
}

const millisecondsOf = (value: string | undefined, unitMs: number): number | undefined =>
  value !== undefined && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) * unitMs : undefined;

function untilDate(value: string | undefined, now: Date): number | undefined {
  const at = value !== undefined && /\D/.test(value.trim()) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}

const unitsMs = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;

function durationOf(value: string | undefined): number | undefined {
  const parts = [...(value ?? '').matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  if (parts.length === 0) return undefined;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * unitsMs[unit as keyof typeof unitsMs], 0);
}

function retryInfo(body: unknown): number | undefined {
  const details = listOf(factsOf(factsOf(body).error).details).map(factsOf);
  const delay = details.find(({ retryDelay }) => typeof retryDelay === 'string')?.retryDelay;
  return typeof delay === 'string' ? durationOf(delay) : undefined;
}
