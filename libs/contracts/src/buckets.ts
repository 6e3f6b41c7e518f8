/** A key-value bucket that provisioning makes and services find at start. */
export interface BucketContract {
  readonly name: string;
  readonly description: string;
  /** How long an entry lives that nobody writes. */
  readonly ttlMs: number;
}

const dayMs = 86_400_000;

/** Buckets of agreements between workers. Those that hold documents or readings are made by their stores. */
export const buckets = {
  attempts: {
    name: 'waybill-attempts',
    description:
      'Counts of attempts, by consumer and stream sequence; a count outlives the oldest message it may speak of.',
    ttlMs: 8 * dayMs,
  },
  routeState: {
    name: 'waybill-route-state',
    description: 'What workers share about models: breakers, rests, limits, leases, and what outcomes have taught.',
    ttlMs: 30 * dayMs,
  },
  fairUse: {
    name: 'waybill-fair-use',
    description:
      'What tenants and their credentials have used of their limits: requests now, pages of days and months.',
    ttlMs: 40 * dayMs,
  },
} as const satisfies Record<string, BucketContract>;
