import type { JobId, JobKey, PageKey, Tenant } from './identity.js';
import type { JobEvent, JobEventType } from './job-event.js';

type JobLevelEventType = Exclude<JobEventType, 'page-read' | 'page-failed' | 'attempt-made'>;

/**
 * Where a client publishes a submission. Every subject is `waybill.<tenant>.<stage>.<…>`: the tenant is always the
 * second token, so that a server can give a tenant's client exactly its own.
 */
export const submitSubject = (tenant: Tenant | '*'): string => `waybill.${tenant}.intake.submit`;

/** All events of one job, for following it. */
export const jobEventsSubject = (job: JobKey): string => `waybill.${job.tenant}.events.${job.jobId}.>`;

/** All page endings of one job; each page has one subject below it. */
export const pageEndingsSubject = (job: JobKey): string => `waybill.${job.tenant}.events.${job.jobId}.page-ended.*`;

/** The one subject of both endings of one page. */
export const pageEndingSubject = (job: JobKey, page: PageKey): string =>
  `waybill.${job.tenant}.events.${job.jobId}.page-ended.${page.document}-${page.page}`;

/** Every attempt to have a document of a job answered; each has one subject below it. */
export const attemptsSubject = (job: JobKey): string => `waybill.${job.tenant}.events.${job.jobId}.attempt-made.*`;

const attemptSubject = (job: JobKey, attemptId: string): string =>
  `waybill.${job.tenant}.events.${job.jobId}.attempt-made.${attemptId}`;

/** One kind of event of every job; `*` stands for tenant and job. */
export const everyJobSubject = (type: JobLevelEventType): string => `waybill.*.events.*.${jobEventToken(type)}`;

/** One kind of event of one job. */
export const jobEventSubject = (job: JobKey, type: JobLevelEventType): string =>
  `waybill.${job.tenant}.events.${job.jobId}.${jobEventToken(type)}`;

/** `job-cancel-requested` -> `job.cancel-requested`: the job is the stage, the rest is the event. */
function jobEventToken(type: JobLevelEventType): string {
  return type.replace('-', '.');
}

/** The subject that an event is stored under. Both endings of a page share one, so that a page ends once. */
export function subjectOfEvent(event: JobEvent): string {
  if (event.type === 'page-read' || event.type === 'page-failed') return pageEndingSubject(event, event);
  if (event.type === 'attempt-made') return attemptSubject(event, event.attemptId);
  return jobEventSubject(event, event.type);
}

/**
 * Pages wait in lanes, one consumer each, by how much of their tenant is waiting already: see docs/fair-use.md. In the
 * order in which they are served when all else is equal.
 */
export const pageLanes = ['front', 'middle', 'back'] as const;
export type PageLane = (typeof pageLanes)[number];
export const readPageSubject = (tenant: Tenant | '*', lane: PageLane | '*'): string =>
  `waybill.${tenant}.ocr.${lane}.read-page`;

/** The lane of a page's subject, or undefined for other subjects. */
export function pageLaneOfSubject(subject: string): PageLane | undefined {
  const [prefix, , stage, lane, event] = subject.split('.');
  if (prefix !== 'waybill' || stage !== 'ocr' || event !== 'read-page') return undefined;
  return pageLanes.find((each) => each === lane);
}

/**
 * Reasoning work is split into lanes, one consumer each, so that slow calls never hold up cheap ones. A job begins in the
 * first, and only ever moves to a later one.
 */
export const reasoningLanes = ['free', 'fast', 'standard', 'frontier', 'batch'] as const;
export type ReasoningLane = (typeof reasoningLanes)[number];
export const answerJobSubject = (tenant: Tenant | '*', lane: ReasoningLane | '*'): string =>
  `waybill.${tenant}.reasoning.${lane}.answer-job`;

export const tendBatchSubject = (tenant: Tenant | '*'): string => `waybill.${tenant}.gateway.tend-batch`;
export const answerLineSubject = (tenant: Tenant | '*'): string => `waybill.${tenant}.gateway.answer-line`;

export const deliverWebhookSubject = (tenant: Tenant | '*'): string => `waybill.${tenant}.results.deliver-webhook`;

export const deadLetterSubject = (tenant: Tenant | '*', stage: string): string =>
  `waybill.${tenant}.dead-letters.${stage}`;

/** Who asked for which content, one stream for all tenants. */
export const auditSubject = (tenant: Tenant | '*'): string => `waybill.${tenant}.audit.entry`;

/** The wrapped data keys of a tenant, one message. */
export const dataKeysSubject = (tenant: string): string => `waybill.${tenant}.data-keys`;

/** The tenant that a subject belongs to, or undefined for a subject that is not ours. */
export function tenantOfSubject(subject: string): string | undefined {
  const [prefix, tenant] = subject.split('.');
  return prefix === 'waybill' ? tenant : undefined;
}

/** The job of an event subject, or undefined for other subjects. */
export function jobOfEventSubject(subject: string): { tenant: string; jobId: JobId } | undefined {
  const [prefix, tenant, kind, jobId] = subject.split('.');
  if (prefix !== 'waybill' || kind !== 'events' || !tenant || !jobId) return undefined;
  return { tenant, jobId: jobId as JobId };
}

/** The NATS object-store bucket that a tenant's clients put documents into, and that intake reads from. */
export const documentsBucket = (tenant: Tenant): string => `waybill-documents-${tenant}`;
