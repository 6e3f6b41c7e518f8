const longestMs = 3_600_000;

/**
 * Milliseconds that a `Retry-After` header asks for: seconds or an HTTP date (RFC 9110, 10.2.3), at most an hour;
 * undefined for anything else.
 */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  const value = header?.trim() ?? '';
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now.getTime();
  return value === '' || !Number.isFinite(ms) ? undefined : Math.min(longestMs, Math.max(0, Math.round(ms)));
}
