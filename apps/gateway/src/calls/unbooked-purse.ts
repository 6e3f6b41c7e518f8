import type { Clock } from '@waybill/jobs';
import type { Purse } from '@waybill/llm-routing';

/** A purse that lets everything through and remembers nothing: for those who keep their books elsewhere. */
export const unbookedPurse = (clock: Clock): Purse => ({
  async reserve(intent) {
    const leaseEndsAt = new Date(clock.now().getTime() + intent.leaseMs);
    const { idempotencyKey: id, most } = intent;
    return { kind: 'reserved', reservation: { id, attempt: 1, most, leaseEndsAt, intent } };
  },
  settle: () => Promise.resolve(),
  release: () => Promise.resolve(),
});
