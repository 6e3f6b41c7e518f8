import {
  keepTimeSchema,
  retainedKinds,
  retentionWishSchema,
  tenantSchema,
  type RetainedKind,
  type RetentionWish,
  type Tenant,
} from '@waybill/contracts';
import { z } from 'zod';
import { StageError } from './stage-error.js';

const timesSchema = retentionWishSchema.extend({
  /** Of what was paid, from the moment that it was booked. */
  ledger: keepTimeSchema.optional(),
  /** Of files of the OpenAI-compatible door, from their upload; of batches with theirs, from their end. */
  files: keepTimeSchema.optional(),
});
type Times = z.infer<typeof timesSchema>;

const retentionPolicySchema = z.strictObject({
  version: z.literal(1),
  default: timesSchema.default({}),
  tenants: z.record(tenantSchema, timesSchema).default({}),
});
export type RetentionPolicy = z.infer<typeof retentionPolicySchema>;

/** Keeps everything as long as the stores do. */
export const endlessRetention: RetentionPolicy = Object.freeze({ version: 1, default: {}, tenants: {} });

const unitsMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A time as `keepTimeSchema` has it, in milliseconds. */
export const keepMs = (written: string): number =>
  Number(written.slice(0, -1)) * unitsMs[written.at(-1) as keyof typeof unitsMs];

/** The streams and buckets let go of these by themselves after 7 days. */
const ofTheStores = ['documents', 'pages', 'layouts', 'events', 'files'] as const;
const storesKeepMs = 7 * unitsMs.d;

/** @throws Error with a sentence for each entry that is wrong */
export function parseRetentionPolicy(value: unknown): RetentionPolicy {
  const parsed = retentionPolicySchema.safeParse(value);
  if (!parsed.success) {
    const sentences = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
    throw new Error(`${sentences.join('; ')}.`);
  }
  const all = [['default', parsed.data.default], ...Object.entries(parsed.data.tenants)] as const;
  const tooLong = all.flatMap(([name, times]) =>
    ofTheStores
      .filter((kind) => keepMs(times[kind] ?? '1m') > storesKeepMs)
      .map((kind) => `${name}.${kind}: they are kept for 7 days at most`),
  );
  if (tooLong.length > 0) throw new Error(`${tooLong.join('; ')}.`);
  return parsed.data;
}

/** A tenant that is named has its own entry only; nothing of the default is added to it. */
export const keptTimesOf = (policy: RetentionPolicy, tenant: Tenant): Times => policy.tenants[tenant] ?? policy.default;

/** @throws StageError `invalid-submission` for a wish that is longer than the tenant may have */
export function refuseLongRetention(policy: RetentionPolicy, tenant: Tenant, wish: RetentionWish): void {
  const times = keptTimesOf(policy, tenant);
  for (const kind of retainedKinds) {
    const [wished, most] = [wish[kind], times[kind]];
    if (wished === undefined || most === undefined || keepMs(wished) <= keepMs(most)) continue;
    const sentence = `The ${kind} of ${tenant} are kept for ${most} at most, and the job asks for ${wished}; ask for less.`;
    throw new StageError('invalid-submission', sentence);
  }
}

/**
 * How long each kind is kept after the end of a job, in milliseconds; a kind that is not named is kept. The events lead to
 * the documents, so these go no later.
 */
export function retentionOf(
  policy: RetentionPolicy,
  tenant: Tenant,
  wish: RetentionWish = {},
): Partial<Record<RetainedKind, number>> {
  const times = keptTimesOf(policy, tenant);
  const shortest = (...kinds: readonly RetainedKind[]): number =>
    Math.min(...kinds.flatMap((kind) => [times[kind], wish[kind]]).map((time) => (time ? keepMs(time) : Infinity)));
  const kept = retainedKinds.map(
    (kind) => [kind, kind === 'documents' ? shortest(kind, 'events') : shortest(kind)] as const,
  );
  return Object.fromEntries(kept.filter(([, ms]) => ms !== Infinity));
}

/** How long a file of the OpenAI-compatible door is kept, in milliseconds. */
export const fileKeptMs = (policy: RetentionPolicy, tenant: Tenant): number =>
  keepMs(keptTimesOf(policy, tenant).files ?? '7d');
