import { z } from 'zod';
import { blobReferenceSchema } from './blob-reference.js';
import { difficultySchema, pageClassificationSchema } from './classification.js';
import { failureSchema } from './failure.js';
import { hopSchema } from './hop.js';
import { jobKeySchema, momentSchema, pageKeySchema } from './identity.js';
import { jobResultSchema, modelUseSchema } from './job-result.js';
import { pageSources } from './page-layout.js';
import { routeAttemptSchema } from './route-receipt.js';
import { acceptedSubmissionSchema } from './submission.js';
import { textLayerVerdicts } from './text-layer-report.js';
import { tolerant } from './tolerant.js';

const eventBase = { version: z.literal(1), ...jobKeySchema.shape, at: momentSchema };

/** The job is ours now: nothing about it is lost from here on. Its uniqueness makes submissions idempotent. */
export const jobAcceptedSchema = z.object({
  ...eventBase,
  type: z.literal('job-accepted'),
  door: z.enum(['nats', 'rest']),
  /** What may be shown of the credential that it was submitted with; over NATS it is not known. */
  credential: z.string().optional(),
  /** SHA-256 over the submission's meaning (documents by content), to tell a repeat from a conflict. */
  fingerprint: z.string(),
  submission: acceptedSubmissionSchema,
});

export const plannedDocumentSchema = z.object({
  document: z.number().int().nonnegative(),
  name: z.string().optional(),
  mediaType: z.string(),
  sizeBytes: z.number().int().nonnegative(),
  pages: z.number().int().nonnegative(),
  /** The document that this one was found in, for example the e-mail that it is attached to. */
  within: z.number().int().nonnegative().optional(),
  /** Set when the document cannot be read at all; its pages are then 0. */
  failure: failureSchema.optional(),
});
export type PlannedDocument = z.infer<typeof plannedDocumentSchema>;

/** The bytes that a document's pages are read from; `mediaType` is theirs, where it is not the document's own. */
const plannedSourceSchema = z.object({
  document: z.number().int().nonnegative(),
  blob: blobReferenceSchema,
  mediaType: z.string().optional(),
});

/** Bytes were looked at: what the documents are and how many pages will be read. */
export const jobPlannedSchema = z.object({
  ...eventBase,
  type: z.literal('job-planned'),
  /** The submitted documents in their order, then those that were found in them. */
  documents: z.array(plannedDocumentSchema),
  /** What pages are read from, where that is not what the acceptance names: fetched, converted or found inside. */
  sources: z.array(plannedSourceSchema).optional(),
  /** No page is read before: the pages count for a later day of the tenant's or the key's limit. */
  notBefore: momentSchema.optional(),
});

/** Milliseconds spent, by step. `queued` runs from publication to the handler's start. */
export const stageTimesSchema = z.record(z.string(), z.number().nonnegative());
export type StageTimes = z.infer<typeof stageTimesSchema>;

export const pageSummarySchema = z.object({
  width: z.number().positive(),
  height: z.number().positive(),
  unit: z.enum(['px', 'pt']),
  dpi: z.number().positive().nullable(),
  rotation: z.number(),
  source: z.enum(pageSources),
  engine: z.string(),
  words: z.number().int().nonnegative(),
  confidence: z.number().min(0).max(1).nullable(),
  /** Of PDF pages: what their text layer was worth. */
  textLayer: z.enum(textLayerVerdicts).optional(),
  /** Words of the text layer that do not show on the page, where there are any: a sign of manipulation. */
  hiddenWords: z.number().int().positive().optional(),
  /** True when the page had been read before for this tenant. */
  cached: z.boolean().optional(),
  /** Under which keys the tenant's cache keeps what was read on the page, so that a purge finds it. */
  cacheKeys: z.array(z.string()).optional(),
  /** What the page is. Absent when nothing was looked at. */
  classification: pageClassificationSchema.optional(),
  /** How hard the page is, whatever is asked about it. */
  difficulty: difficultySchema.optional(),
});
export type PageSummary = z.infer<typeof pageSummarySchema>;

/** A page was read. Exactly one of page-read and page-failed exists for a page. */
export const pageReadSchema = z.object({
  ...eventBase,
  type: z.literal('page-read'),
  ...pageKeySchema.shape,
  layout: blobReferenceSchema,
  /** The displayed page as PNG or JPEG, where one was rendered. */
  image: blobReferenceSchema.optional(),
  summary: pageSummarySchema,
  attempts: z.number().int().positive(),
  times: stageTimesSchema,
  /** Who read it and what that cost, when an engine that is paid for did. */
  use: modelUseSchema.optional(),
  /** The engine that looked at it, and where; absent where none did, or what it saw before was taken from the cache. */
  hop: hopSchema.optional(),
});
export type PageRead = z.infer<typeof pageReadSchema>;

export const pageFailedSchema = z.object({
  ...eventBase,
  type: z.literal('page-failed'),
  ...pageKeySchema.shape,
  failure: failureSchema,
  attempts: z.number().int().positive(),
});
export type PageFailed = z.infer<typeof pageFailedSchema>;

/** A model was asked about a document, or the rules were before a model is: what came of it, as soon as that is known. */
export const attemptMadeSchema = z.object({
  ...eventBase,
  type: z.literal('attempt-made'),
  document: z.number().int().nonnegative(),
  /** The same however often the attempt is told: made again from a journal, it is still the one. */
  attemptId: z.string().regex(/^[0-9a-f]{8,64}$/),
  /** Of a long document that is asked about in parts: which part. */
  portion: z.string().optional(),
  attempt: routeAttemptSchema,
});
export type AttemptMade = z.infer<typeof attemptMadeSchema>;

/** The job cannot go on now; it is parked, not failed. Later events of the job end the wait. */
export const jobWaitingSchema = z.object({
  ...eventBase,
  type: z.literal('job-waiting'),
  stage: z.string(),
  reason: z.string(),
  until: momentSchema,
});

/** Somebody asked to cancel: workers abort what is under way. */
export const jobCancelRequestedSchema = z.object({ ...eventBase, type: z.literal('job-cancel-requested') });

export const finalStatuses = ['completed', 'partial', 'failed', 'cancelled', 'expired'] as const;
export const finalStatusSchema = z.enum(finalStatuses);
export type FinalStatus = z.infer<typeof finalStatusSchema>;

/** The job's one final state. The event stream refuses a second one. */
export const jobFinishedSchema = z.object({
  ...eventBase,
  type: z.literal('job-finished'),
  status: finalStatusSchema,
  result: jobResultSchema.optional(),
  problems: z.array(failureSchema),
  costUsd: z.number().nonnegative(),
  times: stageTimesSchema,
});
export type JobFinished = z.infer<typeof jobFinishedSchema>;

/** What has happened is read whatever release wrote it; whoever acts on an acceptance takes its own schema, which is strict. */
export const jobEventSchema = z.discriminatedUnion('type', [
  tolerant(jobAcceptedSchema),
  jobPlannedSchema,
  pageReadSchema,
  pageFailedSchema,
  attemptMadeSchema,
  jobWaitingSchema,
  jobCancelRequestedSchema,
  jobFinishedSchema,
]);
export type JobEvent = z.infer<typeof jobEventSchema>;
export type JobEventType = JobEvent['type'];
export type JobAccepted = z.infer<typeof jobAcceptedSchema>;
export type JobPlanned = z.infer<typeof jobPlannedSchema>;
export type PageEnded = PageRead | PageFailed;
