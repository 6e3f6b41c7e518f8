import { z, type ZodType } from 'zod';
import { budgetListViewSchema, budgetNameSchema, budgetViewSchema, budgetWishSchema } from './budget.js';
import { jobIdSchema, momentSchema, tenantSchema } from './identity.js';
import {
  acceptanceViewSchema,
  deadLetterListViewSchema,
  jobListViewSchema,
  jobStatusSchema,
  jobViewSchema,
  layoutViewSchema,
  pageViewSchema,
  redeliveryViewSchema,
  replayViewSchema,
  resultViewSchema,
  routeViewSchema,
} from './job-view.js';
import { deadLetterSchema } from './dead-letter.js';
import { dataRoutes } from './data-routes.js';
import { operatorRoutes } from './operator-routes.js';
import type { ProblemCode } from './problem.js';
import { deleteJobQuerySchema, purgeViewSchema } from './purge.js';
import { json, results, type RestRoute } from './rest-route.js';
import { submissionSchema } from './submission.js';
import { taskKinds } from './task.js';
import { usageQuerySchema, usageViewSchema } from './usage.js';

/** Version of the interfaces that OpenAPI and AsyncAPI describe; it follows semantic versioning. */
export const apiVersion = '1.0.0';

/** Repeats the tenant of the credential; the operator names another one with it. See docs/identity.md. */
export const tenantHeader = 'Waybill-Tenant';

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

const wholeNumber = z.coerce.number().int();
const jobParameters = z.object({ id: jobIdSchema });
export const pageParametersSchema = z.object({ ...jobParameters.shape, n: wholeNumber.min(1) });
/** With `document` (from 0), `n` counts in that document; without, over all documents of the job. */
export const pageQuerySchema = z.strictObject({ document: wholeNumber.min(0).optional() });
export const deadLetterParametersSchema = z.object({ id: z.string().regex(/^\d{1,16}$/, 'use the id of a listing') });
export const deadLetterListQuerySchema = z.strictObject({
  stage: z.string().max(64).optional(),
  job: jobIdSchema.optional(),
  limit: wholeNumber.min(1).max(500).default(100),
});

export const budgetParametersSchema = z.object({ name: budgetNameSchema });

/** A multipart submission: the submission as JSON, then one file part for each document named by `upload`. */
export const multipartSubmissionSchema = z.object({ submission: submissionSchema }).catchall(z.file());

const retryAfter = { 'Retry-After': 'Seconds after which asking again is worth it.' };

const ofJob = { ...results, parameters: jobParameters } as const;
const ofBudget = { ...results, path: '/v1/budgets/{name}', parameters: budgetParametersSchema } as const;
const ofFinishedJob: readonly ProblemCode[] = ['invalid-request', 'job-not-found', 'job-not-final', 'unavailable'];
const ofStoredPages: readonly ProblemCode[] = [...ofFinishedJob, 'document-not-found'];
const ofPage: readonly ProblemCode[] = [...ofStoredPages, 'page-not-found'];
const rendered = (operation: string, suffix: string, mediaType: string, what: string): RestRoute => ({
  ...ofJob,
  audited: 'read-text',
  operation,
  path: `/v1/jobs/{id}/${suffix}`,
  summary: `All pages that were read, ${what}.`,
  responses: { 200: { description: 'The pages in order.', mediaType, schema: z.string() } },
  problems: ofStoredPages,
});
const cancel = {
  service: 'results',
  scope: 'submit',
  parameters: jobParameters,
  summary: 'Cancels a job: work not begun is dropped, work under way is aborted. Repeating it is harmless.',
  responses: { 200: json(jobViewSchema, 'The job is cancelled.') },
  problems: ['invalid-request', 'job-not-found', 'job-already-final', 'unavailable'],
} as const;

/** Every operation. Controllers are tested against this list, and OpenAPI is generated from it. */
export const restRoutes: readonly RestRoute[] = [
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
  {
    ...ofJob,
    operation: 'getRoute',
    audited: 'read-result',
    path: '/v1/jobs/{id}/route',
    summary:
      'How the job is routed, while it is under way too: candidates, estimates, choices, what came of each, what it cost.',
    responses: {
      200: json(routeViewSchema, 'Every attempt on every document so far; none where no model was needed.'),
    },
    problems: ['invalid-request', 'job-not-found', 'unavailable'],
  },
  {
    ...ofJob,
    operation: 'getResult',
    audited: 'read-result',
    path: '/v1/jobs/{id}/result',
    summary: 'The answer of a finished job, as often as wanted.',
    responses: { 200: json(resultViewSchema, 'The answer, or why there is none.') },
    problems: ofFinishedJob,
  },
  {
    ...ofJob,
    operation: 'getLayout',
    audited: 'read-layout',
    path: '/v1/jobs/{id}/layout',
    summary: 'Words, lines, blocks, tables and key-values of all pages that were read, with normalised boxes.',
    responses: { 200: json(layoutViewSchema, 'The layouts in page order.') },
    problems: ofStoredPages,
  },
  rendered('getMarkdown', 'markdown', 'text/markdown; charset=utf-8', 'as Markdown'),
  rendered('getHtml', 'html', 'text/html; charset=utf-8', 'as HTML'),
  rendered('getText', 'text', 'text/plain; charset=utf-8', 'as plain text'),
  rendered('getCsv', 'csv', 'text/csv; charset=utf-8', 'as CSV of their tables, in which nothing is a formula'),
  {
    ...results,
    operation: 'getPage',
    audited: 'read-page',
    path: '/v1/jobs/{id}/pages/{n}',
    summary: 'One page, as soon as it has ended.',
    parameters: pageParametersSchema,
    query: pageQuerySchema,
    responses: { 200: json(pageViewSchema, 'How the page ended, and its layout.') },
    problems: ofPage,
  },
  {
    ...results,
    operation: 'getPageImage',
    audited: 'read-page-image',
    path: '/v1/jobs/{id}/pages/{n}/image',
    summary: 'The image of one page that was read.',
    parameters: pageParametersSchema,
    query: pageQuerySchema,
    responses: { 200: { description: 'The displayed page, PNG or JPEG.', mediaType: 'image/*', schema: z.string() } },
    problems: [...ofPage, 'image-not-found'],
  },
  {
    ...results,
    operation: 'getPageOverlay',
    audited: 'read-page-image',
    path: '/v1/jobs/{id}/pages/{n}/overlay',
    summary: 'The page with the boxes of what was found on it, coloured by confidence, to look at.',
    parameters: pageParametersSchema,
    query: pageQuerySchema,
    responses: { 200: { description: 'One self-contained picture.', mediaType: 'image/svg+xml', schema: z.string() } },
    problems: [...ofPage, 'image-not-found'],
  },
  {
    ...ofJob,
    operation: 'followJob',
    path: '/v1/jobs/{id}/events',
    summary: 'The job’s events as they happen (server-sent events), from the first one or after `Last-Event-ID`.',
    headers: z.object({ 'Last-Event-ID': z.string().optional() }),
    responses: {
      200: {
        description: 'Each event’s data is a JobEventView as JSON; the stream ends after the final one.',
        mediaType: 'text/event-stream',
        schema: z.string(),
      },
      204: { description: 'The final event has been seen already; there is nothing to reconnect for.' },
    },
    problems: ['invalid-request', 'job-not-found', 'unavailable'],
  },
  {
    ...ofJob,
    operation: 'redeliverWebhook',
    scope: 'admin',
    method: 'post',
    path: '/v1/jobs/{id}/webhook/redeliver',
    summary: 'Posts the final state to the job’s callback once more.',
    responses: { 202: json(redeliveryViewSchema, 'The delivery is queued.') },
    problems: ['invalid-request', 'job-not-found', 'job-not-final', 'no-callback', 'unavailable', 'webhooks-disabled'],
  },
  {
    ...results,
    operation: 'listDeadLetters',
    scope: 'admin',
    path: '/v1/dead-letters',
    summary: 'Messages of the tenant that were given up, newest first.',
    query: deadLetterListQuerySchema,
    responses: { 200: json(deadLetterListViewSchema, 'The dead letters.') },
    problems: ['invalid-request', 'unavailable'],
  },
  {
    ...results,
    operation: 'getDeadLetter',
    audited: 'read-dead-letter',
    scope: 'admin',
    path: '/v1/dead-letters/{id}',
    summary: 'One dead letter with the original message.',
    parameters: deadLetterParametersSchema,
    responses: { 200: json(deadLetterSchema.extend({ id: z.string() }), 'The dead letter.') },
    problems: ['invalid-request', 'dead-letter-not-found', 'unavailable'],
  },
  {
    ...results,
    operation: 'replayDeadLetter',
    scope: 'admin',
    method: 'post',
    path: '/v1/dead-letters/{id}/replay',
    summary: 'Publishes the original message again.',
    parameters: deadLetterParametersSchema,
    responses: { 202: json(replayViewSchema, 'The message is queued again.') },
    problems: ['invalid-request', 'dead-letter-not-found', 'unavailable'],
  },
  ...operatorRoutes,
  ...dataRoutes,
  {
    ...results,
    operation: 'getUsage',
    path: '/v1/usage',
    summary: 'What the tenant has spent, in groups. `format=csv` gives a line a group.',
    query: usageQuerySchema,
    responses: { 200: json(usageViewSchema, 'Groups with the dearest first, and the totals; or the same as CSV.') },
    problems: ['invalid-request', 'unavailable'],
  },
  {
    ...results,
    operation: 'listBudgets',
    path: '/v1/budgets',
    summary: 'The budgets of the tenant, and how each stands.',
    responses: { 200: json(budgetListViewSchema, 'The budgets by name.') },
    problems: ['unavailable'],
  },
  {
    ...ofBudget,
    operation: 'getBudget',
    summary: 'One budget, and how it stands.',
    responses: { 200: json(budgetViewSchema, 'The budget.') },
    problems: ['invalid-request', 'budget-not-found', 'unavailable'],
  },
  {
    ...ofBudget,
    operation: 'setBudget',
    scope: 'admin',
    method: 'put',
    summary: 'Makes a budget, or replaces the one of that name. What was spent before counts.',
    request: { 'application/json': budgetWishSchema },
    responses: { 200: json(budgetViewSchema, 'The budget as it stands now; the next call keeps it.') },
    problems: ['invalid-request', 'unavailable'],
  },
  {
    ...ofBudget,
    operation: 'removeBudget',
    scope: 'admin',
    method: 'delete',
    summary: 'Removes a budget. What was spent stays in the ledger.',
    responses: { 204: { description: 'It is gone.' } },
    problems: ['invalid-request', 'budget-not-found', 'unavailable'],
  },
  {
    ...results,
    operation: 'getOpenApi',
    scope: 'public',
    path: '/openapi.json',
    summary: 'This description of the REST API.',
    responses: { 200: json(z.record(z.string(), z.unknown()), 'OpenAPI 3.1.') },
    problems: [],
  },
  {
    ...results,
    operation: 'getAsyncApi',
    scope: 'public',
    path: '/asyncapi.json',
    summary: 'The description of the messages on NATS.',
    responses: { 200: json(z.record(z.string(), z.unknown()), 'AsyncAPI 3.') },
    problems: [],
  },
];

/** Request headers that every operation of a tenant reads. */
export const tenantHeadersSchema = z.object({ [tenantHeader]: tenantSchema.optional() });
