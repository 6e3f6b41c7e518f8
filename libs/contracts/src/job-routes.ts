import { z, type ZodType } from 'zod';
import { momentSchema } from './identity.js';
import { acceptanceViewSchema, jobListViewSchema, jobStatusSchema, jobViewSchema } from './job-view.js';
import { deleteJobQuerySchema, purgeViewSchema } from './purge.js';
import { jobParameters, json, ofJob, results, type RestRoute } from './rest-route.js';
import { submissionSchema } from './submission.js';
import { taskKinds } from './task.js';

const seconds = (text: string): number =>
  text.endsWith('ms') ? Number(text.slice(0, -2)) / 1_000 : Number(text.replace(/s$/, ''));

/** `30s`, `1500ms` or plain seconds, at most 60 s; parsed to milliseconds. */
export const waitSchema = z
  .string()
  .regex(/^\d{1,5}(s|ms)?$/, 'write a duration such as 30s or 1500ms')
  .refine((text) => seconds(text) <= 60, 'wait at most 60s')
  .transform((text) => seconds(text) * 1_000);

const commaSeparated = <Item extends ZodType<unknown, string>>(item: Item) =>
  z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(item).min(1));

export const jobQuerySchema = z.strictObject({ wait: waitSchema.optional() });

export const jobListQuerySchema = z.strictObject({
  /** One or several statuses, separated by commas. */
  status: commaSeparated(jobStatusSchema).optional(),
  tag: z.string().min(1).max(64).optional(),
  task: z.enum(taskKinds).optional(),
  /** Created at or after. */
  since: momentSchema.optional(),
  /** Created before. */
  until: momentSchema.optional(),
  /** `next` of the page before. */
  cursor: z.string().max(256).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type JobListQuery = z.infer<typeof jobListQuerySchema>;

/** A multipart submission: the submission as JSON, then one file part for each document named by `upload`. */
export const multipartSubmissionSchema = z.object({ submission: submissionSchema }).catchall(z.file());

const retryAfter = { 'Retry-After': 'Seconds after which asking again is worth it.' };

const cancel = {
  service: 'results',
  scope: 'submit',
  parameters: jobParameters,
  summary: 'Cancels a job: work not begun is dropped, work under way is aborted. Repeating it is harmless.',
  responses: { 200: json(jobViewSchema, 'The job is cancelled.') },
  problems: ['invalid-request', 'job-not-found', 'job-already-final', 'unavailable'],
} as const;

/** A job comes in, is asked for, and is ended or begun again. */
export const jobRoutes: readonly RestRoute[] = [
  {
    operation: 'submitJob',
    service: 'intake',
    scope: 'submit',
    method: 'post',
    path: '/v1/jobs',
    summary: 'Submits documents and what is wanted of them. The answer means that nothing of it will be lost.',
    request: { 'application/json': submissionSchema, 'multipart/form-data': multipartSubmissionSchema },
    responses: {
      202: json(acceptanceViewSchema, 'Accepted, now or by an earlier identical submission with the same id.', {
        Location: 'Path of the job.',
        ...retryAfter,
      }),
    },
    problems: [
      'invalid-submission',
      'document-not-found',
      'id-conflict',
      'too-large',
      'unsupported-media-type',
      'callback-refused',
      'unknown-task',
      'missing-language',
      'unavailable',
    ],
  },
  {
    ...results,
    operation: 'listJobs',
    path: '/v1/jobs',
    summary: 'Jobs of the tenant, newest first.',
    query: jobListQuerySchema,
    responses: { 200: json(jobListViewSchema, 'One page of the listing.') },
    problems: ['invalid-request', 'unavailable'],
  },
  {
    ...ofJob,
    operation: 'getJob',
    path: '/v1/jobs/{id}',
    summary: 'A job. With `wait`, the answer comes when the job is final or the time is over.',
    query: jobQuerySchema,
    responses: {
      200: json(jobViewSchema, 'The job as it is now. `Retry-After` is set while it is not final.', retryAfter),
    },
    problems: ['invalid-request', 'job-not-found', 'unavailable'],
  },
  {
    ...cancel,
    operation: 'deleteJob',
    method: 'delete',
    path: '/v1/jobs/{id}',
    summary:
      'Cancels a job; with `purge=true` (scope `admin`) removes every copy of its content and what is known of it.',
    query: deleteJobQuerySchema,
    responses: { 200: json(z.union([jobViewSchema, purgeViewSchema]), 'The job is cancelled, or purged.') },
    problems: ['invalid-request', 'forbidden', 'job-not-found', 'job-already-final', 'unavailable'],
  },
  { ...cancel, operation: 'cancelJob', method: 'post', path: '/v1/jobs/{id}/cancel' },
  {
    operation: 'retryJob',
    service: 'intake',
    scope: 'submit',
    method: 'post',
    path: '/v1/jobs/{id}/retry',
    summary: 'Submits what a finished job was asked for once more, with copies of its documents, as a new job.',
    parameters: jobParameters,
    responses: { 202: json(acceptanceViewSchema, 'The new job.', { Location: 'Path of the new job.', ...retryAfter }) },
    problems: [
      'invalid-request',
      'job-not-found',
      'job-not-final',
      'document-not-found',
      'callback-refused',
      'unavailable',
    ],
  },
];
