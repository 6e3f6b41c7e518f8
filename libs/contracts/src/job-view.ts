import { z } from 'zod';
import { batchIdSchema } from './batch.js';
import { pageKindSchema } from './classification.js';
import { failureSchema } from './failure.js';
import { hopSchema } from './hop.js';
import { jobIdSchema, momentSchema, pageKeySchema, tenantSchema } from './identity.js';
import { finalStatuses, finalStatusSchema, jobEventSchema, pageSummarySchema, stageTimesSchema } from './job-event.js';
import { documentResultSchema } from './job-result.js';
import { documentStructureSchema, pageLayoutSchema } from './page-layout.js';
import { documentRouteSchema, routeAttemptSchema } from './route-receipt.js';
import { taskKinds, taskSchema } from './task.js';

export const jobStatuses = ['queued', 'processing', 'waiting', ...finalStatuses] as const;
export const jobStatusSchema = z.enum(jobStatuses);
export type JobStatus = z.infer<typeof jobStatusSchema>;

/** Paths of the API about one job, relative to the base address of the front door. */
export const jobLinksSchema = z.object({
  self: z.string(),
  events: z.string(),
  result: z.string(),
  layout: z.string(),
  markdown: z.string(),
  html: z.string(),
  text: z.string(),
  cancel: z.string(),
});
export type JobLinks = z.infer<typeof jobLinksSchema>;

/** The paths of one job; the id needs no escaping. */
export function jobLinks(jobId: string): JobLinks {
  const self = `/v1/jobs/${jobId}`;
  return {
    self,
    events: `${self}/events`,
    result: `${self}/result`,
    layout: `${self}/layout`,
    markdown: `${self}/markdown`,
    html: `${self}/html`,
    text: `${self}/text`,
    cancel: `${self}/cancel`,
  };
}

/** The answer to a submission: where to ask from now on. */
export const acceptanceViewSchema = z.object({ id: jobIdSchema, status: jobStatusSchema, links: jobLinksSchema });
export type AcceptanceView = z.infer<typeof acceptanceViewSchema>;

/** A document of a job, as far as it is known. */
export const documentViewSchema = z.object({
  document: z.number().int().nonnegative(),
  name: z.string().optional(),
  mediaType: z.string().optional(),
  sizeBytes: z.number().int().nonnegative().optional(),
  /** Null until the document has been looked at. */
  pages: z.number().int().nonnegative().nullable(),
  /** The document that this one was found in. */
  within: z.number().int().nonnegative().optional(),
  /** Of the pages read so far, how many are of each kind. Absent while nothing was looked at. */
  pageKinds: z.partialRecord(pageKindSchema, z.number().int().positive()).optional(),
  /** Difficulty of the hardest page read so far, 0..1, whatever is asked about it. */
  hardestPage: z.number().min(0).max(1).optional(),
  failure: failureSchema.optional(),
});
export type DocumentView = z.infer<typeof documentViewSchema>;

/** Wall-clock spans between the job's events, in milliseconds, and the work done inside them, by step. */
export const jobTimingsSchema = z.object({
  /** Acceptance to plan. */
  planMs: z.number().nonnegative().optional(),
  /** Plan to the last page ending so far. */
  readMs: z.number().nonnegative().optional(),
  /** Last page ending to the final state. */
  answerMs: z.number().nonnegative().optional(),
  /** Acceptance to the final state. */
  totalMs: z.number().nonnegative().optional(),
  steps: z.object({
    /** Summed over pages: pages are read side by side, so this may exceed `readMs`. */
    read: stageTimesSchema,
    answer: stageTimesSchema,
  }),
});
export type JobTimings = z.infer<typeof jobTimingsSchema>;

/** Why a job cannot go on now, where it stands, and until when. */
export const jobWaitSchema = z.object({ stage: z.string(), reason: z.string(), until: momentSchema });

/** A job as its owner sees it. */
export const jobViewSchema = z.object({
  id: jobIdSchema,
  tenant: tenantSchema,
  status: jobStatusSchema,
  /** Only with status `waiting`. */
  waiting: jobWaitSchema.optional(),
  pages: z.object({
    /** Pages that have ended, read or failed. */
    done: z.number().int().nonnegative(),
    /** Of these, the ones that could not be read. */
    failed: z.number().int().nonnegative(),
    /** Null until the plan is known. */
    total: z.number().int().nonnegative().nullable(),
  }),
  /** Only with status `queued`: an upper estimate of the pages, of all tenants, to be read before this job's first. */
  queue: z.object({ pagesAhead: z.number().int().nonnegative() }).optional(),
  /** Absent when the job was refused before its task could be read. */
  task: taskSchema.optional(),
  documents: z.array(documentViewSchema),
  problems: z.array(failureSchema),
  /** Runs of page readers so far, over all pages; more than `pages.done` means that something was tried again. */
  attempts: z.number().int().nonnegative(),
  costUsd: z.number().nonnegative(),
  timings: jobTimingsSchema,
  metadata: z.record(z.string(), z.string()),
  tags: z.array(z.string()),
  createdAt: momentSchema,
  deadline: momentSchema.optional(),
  cancelRequestedAt: momentSchema.optional(),
  finishedAt: momentSchema.optional(),
  links: jobLinksSchema,
});
export type JobView = z.infer<typeof jobViewSchema>;

/** One page of a listing, newest job first; `next` continues it. */
export const jobListViewSchema = z.object({ jobs: z.array(jobViewSchema), next: z.string().nullable() });
export type JobListView = z.infer<typeof jobListViewSchema>;

/** What is told of a chat beside its attempts. */
export const routedChatSchema = z.object({
  /** The id that the answer's body carries; absent where there was no answer. */
  completion: z.string().optional(),
  /** The batch whose line it was. */
  batch: batchIdSchema.optional(),
  at: momentSchema,
  /** The model's name as the client asked for it. */
  asked: z.string(),
  stream: z.boolean(),
  /** Why there was no answer, as a sentence. */
  reason: z.string().optional(),
  /** What guardrails found and did, as `x-waybill-guardrails` has it. */
  guardrails: z.string().optional(),
});
export type RoutedChat = z.infer<typeof routedChatSchema>;

/** How a job is routed: every attempt on every document, so far or, with a final status, at all. */
export const routeViewSchema = z.object({
  id: jobIdSchema,
  status: jobStatusSchema,
  /** Only with status `waiting`. */
  waiting: jobWaitSchema.optional(),
  documents: z.array(documentRouteSchema),
  /** Wherever content of the job was so far; absent where neither the job nor the installation names regions. */
  hops: z.array(hopSchema).optional(),
  /** Of a chat of the OpenAI-compatible door, whose attempts are those of its one document. */
  chat: routedChatSchema.optional(),
});
export type RouteView = z.infer<typeof routeViewSchema>;

/** What a finished job came to. A job that ended without an answer has no documents here, and its problems say why. */
export const resultViewSchema = z.object({
  version: z.literal(1),
  id: jobIdSchema,
  tenant: tenantSchema,
  status: finalStatusSchema,
  task: z.enum(taskKinds).optional(),
  documents: z.array(documentResultSchema),
  problems: z.array(failureSchema),
  costUsd: z.number().nonnegative(),
  finishedAt: momentSchema,
});
export type ResultView = z.infer<typeof resultViewSchema>;

/** Every page that was read, in order of documents and pages, and what shows when pages are looked at together. */
export const layoutViewSchema = z.object({
  id: jobIdSchema,
  pages: z.array(pageLayoutSchema),
  documents: z.array(documentStructureSchema).optional(),
});
export type LayoutView = z.infer<typeof layoutViewSchema>;

/** One page. `number` counts from 1 over all documents of the job. */
export const pageViewSchema = z.object({
  number: z.number().int().positive(),
  ...pageKeySchema.shape,
  status: z.enum(['read', 'failed']),
  attempts: z.number().int().positive(),
  endedAt: momentSchema,
  summary: pageSummarySchema.optional(),
  times: stageTimesSchema.optional(),
  failure: failureSchema.optional(),
  layout: pageLayoutSchema.optional(),
  /** Path of the page's image, where one was rendered. */
  image: z.string().optional(),
});
export type PageView = z.infer<typeof pageViewSchema>;

const [accepted, planned, read, failed, attempted, waiting, cancelRequested, finished] = jobEventSchema.options;
const internal = { version: true, tenant: true, jobId: true } as const;

/** The rest is the job's route. */
const shownAttemptSchema = routeAttemptSchema.pick({
  at: true,
  model: true,
  tier: true,
  form: true,
  simulated: true,
  outcome: true,
  reason: true,
  costUsd: true,
  durationMs: true,
});

/** An event as followers see it: without storage references, fingerprint, callback and result. */
export const jobEventViewSchema = z.discriminatedUnion('type', [
  accepted
    .omit({ ...internal, fingerprint: true, submission: true })
    .extend({ task: z.enum(taskKinds), documents: z.number().int().positive(), deadline: momentSchema }),
  planned.omit({ ...internal, sources: true }),
  read.omit({ ...internal, layout: true, image: true }),
  failed.omit(internal),
  attempted.omit({ ...internal, attemptId: true }).extend({ attempt: shownAttemptSchema }),
  waiting.omit(internal),
  cancelRequested.omit(internal),
  finished.omit({ ...internal, result: true }),
]);
export type JobEventView = z.infer<typeof jobEventViewSchema>;

/** A message that was given up. The original payload is served one at a time only. */
export const deadLetterViewSchema = z.object({
  id: z.string(),
  tenant: tenantSchema,
  jobId: jobIdSchema.optional(),
  stage: z.string(),
  failure: failureSchema,
  attempts: z.number().int().nonnegative(),
  at: momentSchema,
  subject: z.string(),
});
export type DeadLetterView = z.infer<typeof deadLetterViewSchema>;

export const deadLetterListViewSchema = z.object({ deadLetters: z.array(deadLetterViewSchema) });
export type DeadLetterListView = z.infer<typeof deadLetterListViewSchema>;

/** The receipt for a delivery or a replay that was queued. */
export const redeliveryViewSchema = z.object({ deliveryId: z.string() });
export const replayViewSchema = z.object({ replayed: z.literal(true), subject: z.string() });

/** The body that a callback receives, signed by the Standard Webhooks convention. */
export const webhookMessageSchema = z.object({
  type: z.enum(finalStatuses.map((status) => `job.${status}` as const)),
  /** When the job finished. */
  timestamp: momentSchema,
  data: jobViewSchema,
});
export type WebhookMessage = z.infer<typeof webhookMessageSchema>;
