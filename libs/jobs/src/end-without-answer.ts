import type { Failure, FinalStatus, JobFinished, JobKey } from '@waybill/contracts';

/** The final state of a job that got no answer, with the reasons. Nothing was spent on it. */
export const endWithoutAnswer = (
  { tenant, jobId }: JobKey,
  status: Exclude<FinalStatus, 'completed' | 'partial'>,
  problems: Failure[],
  at: Date,
): JobFinished => ({
  version: 1,
  type: 'job-finished',
  tenant,
  jobId,
  at: at.toISOString(),
  status,
  problems,
  costUsd: 0,
  times: {},
});
