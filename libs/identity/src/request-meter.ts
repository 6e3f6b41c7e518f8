import type { Clock } from '@waybill/jobs';
import type { Caller } from './caller.js';
import { ratesOf, type RequestLimits, type RequestRate } from './request-limits.js';

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Buckets that nobody takes from are forgotten when there are so many. */
const keptBuckets = 10_000;

/** Counts requests against token buckets, one a tenant and one a credential. */
export class RequestMeter {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly limits: () => RequestLimits,
    private readonly clock: Clock,
  ) {}

  /** Takes a request from every bucket of the caller, or from none: then the time until there is one in each, in milliseconds. */
  take({ tenant, credential }: Pick<Caller, 'tenant' | 'credential'>): number | undefined {
    const rates = ratesOf(this.limits(), tenant);
    const nowMs = this.clock.now().getTime();
    const asked = [
      ...(rates.tenant ? [{ rate: rates.tenant, bucket: this.fill(`tenant ${tenant}`, rates.tenant, nowMs) }] : []),
      ...(rates.key ? [{ rate: rates.key, bucket: this.fill(`key ${tenant} ${credential}`, rates.key, nowMs) }] : []),
    ];
    const waits = asked.map(({ rate, bucket }) => ((1 - bucket.tokens) * 1_000) / rate.requestsPerSecond);
    const waitMs = Math.max(0, ...waits);
    if (waitMs > 0) return waitMs;
    for (const { bucket } of asked) bucket.tokens -= 1;
    return undefined;
  }

  /** The bucket as it is now. A clock that was set back adds nothing. */
  private fill(name: string, rate: RequestRate, nowMs: number): Bucket {
    const most = rate.burst ?? Math.max(1, Math.ceil(rate.requestsPerSecond * 2));
    const known = this.buckets.get(name) ?? { tokens: most, atMs: nowMs };
    const gained = (Math.max(0, nowMs - known.atMs) * rate.requestsPerSecond) / 1_000;
    const bucket = { tokens: Math.min(most, known.tokens + gained), atMs: nowMs };
    // Taken out and put in again, so that the first is the one that was longest unused.
    this.buckets.delete(name);
    this.buckets.set(name, bucket);
    const [oldest] = this.buckets.keys();
    if (this.buckets.size > keptBuckets && oldest !== undefined) this.buckets.delete(oldest);
    return bucket;
  }
}
