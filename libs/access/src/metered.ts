import { AccessRefusal, type AccessControl, type Caller, type RequestMeter } from '@waybill/identity';

/** Who a caller is, before anything is counted. */
export type UnmeteredAccess = Omit<AccessControl, 'count'>;

/** Counts the requests of callers that are known; nobody else can use up what is a tenant's. */
export function metered(access: UnmeteredAccess, meter: RequestMeter): AccessControl {
  const count = async (caller: Pick<Caller, 'tenant' | 'credential'>): Promise<void> => {
    refuseUntil(await meter.take(caller));
  };
  return {
    identify: async (presented) => {
      const caller = await access.identify(presented);
      refuseUntil(await meter.take(caller));
      return caller;
    },
    count,
    close: async () => {
      await meter.close();
      await access.close();
    },
  };
}

function refuseUntil(waitMs: number | undefined): void {
  if (waitMs === undefined) return;
  throw new AccessRefusal('limited', 'There were too many requests; ask again later, and more slowly.', waitMs);
}
