import type { JobKey } from '@waybill/contracts';
import { foldJob, isKnown, type EventLog, type JobState } from '@waybill/jobs';
import type { FindJob } from './find-job.js';

/** Holds an answer back until the job is final. */
export class WaitForJob {
  constructor(
    private readonly jobs: FindJob,
    private readonly log: EventLog,
  ) {}

  /**
   * The job when it is final or when the signal aborts, whichever is first; undefined when there is no such job.
   * The events are folded from the first one on, so that the answer does not depend on how far Postgres is.
   */
  async wait(job: JobKey, signal: AbortSignal): Promise<JobState | undefined> {
    const known = await this.jobs.find(job);
    if (!known || known.finished) return known;
    let state: JobState | undefined;
    for await (const recorded of this.log.follow(job, 0, signal)) {
      state = foldJob(state, recorded);
      if (state.finished) return state;
    }
    return state && isKnown(state) ? state : known;
  }
}
