import { z } from 'zod';
import { finalStatuses } from './job-event.js';
import { momentSchema } from './identity.js';
import { serviceNames } from './streams.js';

const count = z.number().int().nonnegative();

/**
 * A consumer of a stream and what stands before it: over all tenants for admins of the operator; for others what their own tenant
 * has in a queue, all of it as `waiting`.
 */
export const laneViewSchema = z.object({
  name: z.string(),
  service: z.enum(serviceNames),
  stream: z.string(),
  description: z.string(),
  /** Messages that nobody has taken yet. */
  waiting: count,
  /** Messages that a worker holds, or that come again later. */
  underWay: count,
  /** Age of the oldest message that is not settled, in milliseconds; null when there is none. */
  oldestMs: z.number().nonnegative().nullable(),
});
export type LaneView = z.infer<typeof laneViewSchema>;

/** Jobs of the tenant that have no final state, as recorded; a count of `countedJobsAtMost` stands for that many or more. */
export const openJobsSchema = z.object({ queued: count, processing: count, waiting: count });
export const countedJobsAtMost = 100_000;

/** Jobs that wait for the same reason. */
export const waitViewSchema = z.object({
  stage: z.string(),
  reason: z.string(),
  jobs: count,
  /** When the first of them goes on. */
  until: momentSchema,
});
export type WaitView = z.infer<typeof waitViewSchema>;

/** One minute of the last hour. */
export const minuteViewSchema = z.object({
  at: momentSchema,
  accepted: count,
  completed: count,
  /** Jobs that ended otherwise. */
  otherEnds: count,
  /** Of the jobs that ended. */
  pages: count,
});
export type MinuteView = z.infer<typeof minuteViewSchema>;

const endCounts = z.object(
  Object.fromEntries(finalStatuses.map((status) => [status, count])) as Record<
    (typeof finalStatuses)[number],
    typeof count
  >,
);

/** What the tenant's jobs are doing, of the last hour where a span is meant. */
export const jobActivitySchema = z.object({
  open: openJobsSchema,
  ended: endCounts,
  /** Most jobs first. */
  waits: z.array(waitViewSchema),
  /** Sixty, the oldest first. */
  minutes: z.array(minuteViewSchema),
  /** True when there was so much that only the newest jobs of the hour are in `ended` and `minutes`. */
  isCut: z.boolean(),
});
export type JobActivity = z.infer<typeof jobActivitySchema>;

/** What is going on, at a glance. */
export const overviewViewSchema = z.object({
  at: momentSchema,
  lanes: z.array(laneViewSchema),
  /** Of the tenant. */
  deadLetters: count,
  /** Absent while Postgres is away. */
  jobs: jobActivitySchema.optional(),
});
export type OverviewView = z.infer<typeof overviewViewSchema>;
