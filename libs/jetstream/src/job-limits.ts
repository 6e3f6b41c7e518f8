import type { ConsumerContract } from '@waybill/contracts';

/** What ends work on a job early: the moment it is overdue, and the key that a cancel request names. */
export interface JobLimits {
  readonly jobKey: string;
  readonly deadlineMs: number;
  /** True for work that a cancel request makes pointless. */
  readonly cancellable: boolean;
}

export const jobKeyOf = (tenant: string, jobId: string): string => `${tenant}/${jobId}`;

interface AboutJob {
  readonly tenant?: unknown;
  readonly jobId?: unknown;
  readonly deadline?: unknown;
  readonly type?: unknown;
  readonly document?: unknown;
  readonly page?: unknown;
  readonly submission?: { readonly routing: { readonly deadline: string } };
}

/**
 * Limits of work messages, and of the acceptance that a plan is made from; undefined for other messages. A submission
 * has none, whatever it says: it is not a job yet, and its sender must hear of it.
 */
export function jobLimits(payload: unknown, contract: ConsumerContract): JobLimits | undefined {
  if (contract.stream === 'submissions') return undefined;
  const about = aboutJob(payload);
  const deadline = contract.name === 'intake-plan' ? about.submission?.routing.deadline : about.deadline;
  if (typeof deadline !== 'string') return undefined;
  return {
    jobKey: jobKeyOf(String(about.tenant), String(about.jobId)),
    deadlineMs: Date.parse(deadline),
    cancellable: contract.outlivesJob !== true,
  };
}

const aboutJob = (payload: unknown): AboutJob => (typeof payload === 'object' && payload !== null ? payload : {});

/** Fields for log lines. */
export function jobOfPayload(payload: unknown): {
  tenant?: unknown;
  job?: unknown;
  document?: unknown;
  page?: unknown;
} {
  const { tenant, jobId, document, page } = aboutJob(payload);
  return {
    ...(tenant === undefined ? {} : { tenant }),
    ...(jobId === undefined ? {} : { job: jobId }),
    ...(page === undefined ? {} : { document, page }),
  };
}
