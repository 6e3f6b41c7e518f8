import {
  jobIdSchema,
  tenantSchema,
  type DeliverWebhookWork,
  type Failure,
  type JobAccepted,
  type JobEvent,
  type JobFinished,
  type JobKey,
  type PageFailed,
  type ReadPageWork,
} from '@waybill/contracts';

/** Messages that fit their contracts, for tests that care about how they travel only. */
export const acme = tenantSchema.parse('acme');
export const jobKey = (name: string): JobKey => ({ tenant: acme, jobId: jobIdSchema.parse(name) });

const at = '2026-01-02T03:04:05.000Z';
export const farDeadline = '2126-01-01T00:00:00.000Z';
export const pastDeadline = '2020-01-01T00:00:00.000Z';
export const damaged: Failure = { code: 'unreadable-page', message: 'The page is damaged.' };

export const readPageWork = (job: string, page = 1, deadline = farDeadline): ReadPageWork => ({
  version: 1,
  ...jobKey(job),
  deadline,
  document: 0,
  page,
  source: { bucket: 'b', key: 'k', sizeBytes: 1, sha256: 'a'.repeat(64) },
  mediaType: 'image/png',
  plan: {
    acceptedAt: at,
    task: { kind: 'read' },
    routing: {},
    documents: [{ document: 0, mediaType: 'image/png', sizeBytes: 1, pages: 1 }],
  },
});

export const webhookWork = (job: string): DeliverWebhookWork => ({
  version: 1,
  ...jobKey(job),
  deadline: farDeadline,
  deliveryId: 'first',
  callback: { url: 'http://127.0.0.1/hook' },
});

export const accepted = (job: string, deadline = farDeadline): JobAccepted => ({
  version: 1,
  ...jobKey(job),
  at,
  type: 'job-accepted',
  door: 'rest',
  fingerprint: 'f',
  submission: {
    id: jobKey(job).jobId,
    tenant: acme,
    task: { kind: 'read' },
    routing: { deadline },
    documents: [{ url: 'http://127.0.0.1/a.png' }],
  },
});

export const pageFailed = (job: string, page: number): PageFailed => ({
  version: 1,
  ...jobKey(job),
  at,
  type: 'page-failed',
  document: 0,
  page,
  failure: damaged,
  attempts: 1,
});

export const cancelRequested = (job: string): JobEvent => ({
  version: 1,
  ...jobKey(job),
  at,
  type: 'job-cancel-requested',
});

export const waiting = (job: string, reason: string): JobEvent => ({
  version: 1,
  ...jobKey(job),
  at,
  type: 'job-waiting',
  stage: 'ocr-read-page',
  reason,
  until: farDeadline,
});

export const finished = (job: string, status: JobFinished['status']): JobFinished => ({
  version: 1,
  ...jobKey(job),
  at,
  type: 'job-finished',
  status,
  problems: [],
  costUsd: 0,
  times: {},
});
