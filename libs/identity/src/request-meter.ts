import type { Clock } from '@waybill/jobs';
import type { Caller } from './caller.js';
import { RequestLease } from './request-lease.js';
import { isRated, ratesOf, type RequestLimits, type RequestRate } from './request-limits.js';
import { SharedBuckets } from './shared-buckets.js';
import type { SharedStates } from './shared-states.js';

/** Leases that nobody takes from are forgotten when there are so many. */
const keptLeases = 10_000;
/** Of whom nothing is counted. */
const atOnce = Promise.resolve(undefined);

/**
 * Counts requests against buckets that all processes share, one a tenant and one a credential. A process takes portions
 * and lets requests through on them, so that far from the limit no request waits for another process. See docs/fair-use.md.
 */
export class RequestMeter {
  private readonly leases = new Map<string, RequestLease>();
  private readonly buckets: SharedBuckets;

  constructor(
    private readonly limits: () => RequestLimits,
    shared: SharedStates,
    private readonly clock: Clock,
    onTrouble: (error: unknown) => void,
  ) {
    this.buckets = new SharedBuckets(shared, clock, onTrouble);
  }

  /** Takes a request from every bucket of the caller, or from none: then the time until there is one in each, in milliseconds. */
  take(caller: Pick<Caller, 'tenant' | 'credential'>): Promise<number | undefined> {
    const rates = ratesOf(this.limits(), caller.tenant);
    return isRated(rates.tenant) || isRated(rates.key) ? this.takeFrom(caller, rates) : atOnce;
  }

  private async takeFrom(
    { tenant, credential }: Pick<Caller, 'tenant' | 'credential'>,
    rates: ReturnType<typeof ratesOf>,
  ): Promise<number | undefined> {
    const asked = [
      ...(isRated(rates.tenant) ? [this.lease(`requests.${tenant}`, rates.tenant)] : []),
      ...(isRated(rates.key) ? [this.lease(`requests.${tenant}.${credential}`, rates.key)] : []),
    ];
    for (;;) {
      const empty = asked.filter(({ isEmpty }) => isEmpty);
      if (empty.length === 0) break;
      const waitMs = Math.max(...(await Promise.all(empty.map((lease) => lease.fill()))));
      if (waitMs > 0) return waitMs;
    }
    for (const lease of asked) lease.spend();
    return undefined;
  }

  /** Gives back what was not used. */
  async close(): Promise<void> {
    await Promise.all([...this.leases.values()].map((lease) => lease.giveBack()));
  }

  private lease(name: string, rate: RequestRate): RequestLease {
    const known = this.leases.get(name);
    const isSame = known?.rate.requestsPerSecond === rate.requestsPerSecond && known.rate.burst === rate.burst;
    const lease =
      known && isSame ? known : new RequestLease(name, rate, this.buckets, () => this.clock.now().getTime());
    // Taken out and put in again, so that the first is the one that was longest unused.
    this.leases.delete(name);
    this.leases.set(name, lease);
    const [oldest] = this.leases.keys();
    if (this.leases.size > keptLeases && oldest !== undefined) this.leases.delete(oldest);
    return lease;
  }
}
