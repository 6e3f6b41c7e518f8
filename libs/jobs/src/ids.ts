import type { BatchId, BatchKey, FileId, JobId, JobKey, PageKey, ReasoningLane } from '@waybill/contracts';
import { ulid } from 'ulid';

/** Random bytes are asked for in large portions: each portion is a way into the operating system. */
const portion = new Uint8Array(4_096);
let taken = portion.length;

/** Uniform in [0, 1), in steps of 1/256: what `ulid` makes a letter of 32 from. */
function random(): number {
  if (taken === portion.length) {
    crypto.getRandomValues(portion);
    taken = 0;
  }
  return (portion[taken++] as number) / 256;
}

/** A new job id: sortable by time of minting. */
export const newJobId = (): JobId => `job_${ulid(undefined, random).toLowerCase()}` as JobId;

export const newBatchId = (): BatchId => `batch_${ulid(undefined, random).toLowerCase()}` as BatchId;

export const newFileId = (): FileId => `file-${ulid(undefined, random).toLowerCase()}` as FileId;

/** The id of a job whose submission carried none: the same message delivered again gives the same job. */
export const jobIdOfMessage = (stream: string, sequence: number): JobId =>
  `job_${stream.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${sequence}` as JobId;

/** Nats-Msg-Id of each kind of work: the stream drops a second copy inside its duplicate window. */
export const messageIds = {
  readPage: (job: JobKey, page: PageKey): string => `${job.tenant}/${job.jobId}/read/${page.document}-${page.page}`,
  answerJob: (job: JobKey, lane: ReasoningLane): string => `${job.tenant}/${job.jobId}/answer/${lane}`,
  deliverWebhook: (job: JobKey, deliveryId: string): string => `${job.tenant}/${job.jobId}/webhook/${deliveryId}`,
  tendBatch: ({ tenant, batchId }: BatchKey, occasion: string): string => `${tenant}/${batchId}/tend/${occasion}`,
  answerLine: ({ tenant, batchId }: BatchKey, line: number): string => `${tenant}/${batchId}/line/${line}`,
  deadLetter: (stage: string, stream: string, sequence: number): string => `${stage}/${stream}/${sequence}`,
} as const;
