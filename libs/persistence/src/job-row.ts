import type { JobId, JobStatus, Tenant } from '@waybill/contracts';
import { statusOf, type JobState } from '@waybill/jobs';
import type { JobEntity, JobProgress } from './entities/job.entity.js';

/** Before every `until`: whether a wait is over is asked when a job is read, not when it is written. */
const beforeAllTime = new Date(0);

/** The columns of `jobs`, named as in the database, as JSON. */
export interface JobRow {
  readonly tenant: Tenant;
  readonly job_id: JobId;
  /** Counts the writes of the row, from 1. */
  readonly revision: number;
  readonly status: JobStatus;
  readonly waiting_until: string | null;
  readonly task: string | null;
  readonly tags: readonly string[];
  readonly created_at: string | null;
  readonly deadline: string | null;
  readonly finished_at: string | null;
  readonly accepted: JobState['accepted'] | null;
  readonly planned: JobState['planned'] | null;
  readonly progress: JobProgress;
}

export function toJobRow(state: JobState, revision: number): JobRow {
  const { tenant, jobId, accepted, planned, ...progress } = state;
  const status = statusOf(state, beforeAllTime);
  return {
    tenant,
    job_id: jobId,
    revision,
    status,
    waiting_until: status === 'waiting' ? (state.waiting?.until ?? null) : null,
    task: accepted?.task.kind ?? null,
    tags: accepted?.tags ?? [],
    created_at: accepted?.at ?? state.finished?.at ?? null,
    deadline: accepted?.deadline ?? null,
    finished_at: state.finished?.at ?? null,
    accepted: accepted ?? null,
    planned: planned ?? null,
    progress,
  };
}

/** The part of a row that holds the state. */
export type StoredState = Pick<JobEntity, 'tenant' | 'jobId' | 'revision' | 'accepted' | 'planned' | 'progress'>;

export const toJobState = ({ tenant, jobId, accepted, planned, progress }: StoredState): JobState => ({
  tenant: tenant as Tenant,
  jobId: jobId as JobId,
  ...(accepted ? { accepted } : {}),
  ...(planned ? { planned } : {}),
  ...progress,
});
