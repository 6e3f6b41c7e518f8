import type { JobId, JobKey, PageKey } from '@waybill/contracts';
import { ulid } from 'ulid';

/** A new job id: sortable by time of minting. */
export const newJobId = (): JobId => `job_${ulid().toLowerCase()}` as JobId;

/** The id of a job whose submission carried none: the same message delivered again gives the same job. */
export const jobIdOfMessage = (stream: string, sequence: number): JobId =>
  `job_${stream.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${sequence}` as JobId;

/** Nats-Msg-Id of each kind of work: the stream drops a second copy inside its duplicate window. */
export const messageIds = {
  readPage: (job: JobKey, page: PageKey): string => `${job.tenant}/${job.jobId}/read/${page.document}-${page.page}`,
  answerJob: (job: JobKey): string => `${job.tenant}/${job.jobId}/answer`,
  deliverWebhook: (job: JobKey, deliveryId: string): string => `${job.tenant}/${job.jobId}/webhook/${deliveryId}`,
  deadLetter: (stage: string, stream: string, sequence: number): string => `${stage}/${stream}/${sequence}`,
} as const;
