import type { Failure, FinalStatus, JobFinished, JobKey } from '@waybill/contracts';

/** The final state of a job that got no answer, with the reasons and what was spent on it all the same, in USD. */
export const endWithoutAnswer = (
  { tenant, jobId }: JobKey,
  status: Exclude<FinalStatus, 'completed' | 'partial'>,
  problems: Failure[],
  at: Date,
  spentUsd = 0,
): JobFinished => ({
  version: 1,
  type: 'job-finished',
  tenant,
  jobId,
  at: at.toISOString(),
  status,
  problems,
  costUsd: spentUsd,
  times: {},
});
