import { AccessRefusal, RequestMeter, type AccessControl, type Caller } from '@waybill/identity';
import { systemClock } from '@waybill/jobs';
import type { WatchedLimits } from './watched-limits.js';

/** Who a caller is, before anything is counted. */
export type UnmeteredAccess = Omit<AccessControl, 'count'>;

/** Counts the requests of callers that are known; nobody else can use up what is a tenant's. */
export function metered(access: UnmeteredAccess, limits: WatchedLimits): AccessControl {
  const meter = new RequestMeter(() => limits.current, systemClock);
  const count = (caller: Pick<Caller, 'tenant' | 'credential'>): void => {
    const waitMs = meter.take(caller);
    if (waitMs === undefined) return;
    throw new AccessRefusal('limited', 'There were too many requests; ask again later, and more slowly.', waitMs);
  };
  return {
    identify: async (presented) => {
      const caller = await access.identify(presented);
      count(caller);
      return caller;
    },
    count,
    close: async () => {
      limits.close();
      await access.close();
    },
  };
}
