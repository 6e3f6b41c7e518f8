import type { JobFinished, JobKey } from '@waybill/contracts';
import type { Clock, EventLog, JobState } from '@waybill/jobs';
import type { FindJob } from './find-job.js';

export type Cancellation =
  | { readonly kind: 'cancelled'; readonly job: JobState }
  | { readonly kind: 'already-final'; readonly job: JobState }
  | { readonly kind: 'unknown' };

/** Ends a job because somebody asks: workers abort what is under way, queued work is dropped. */
export class CancelJob {
  constructor(
    private readonly jobs: FindJob,
    private readonly log: EventLog,
    private readonly clock: Clock,
  ) {}

  /** Repeating it is harmless. A job that finishes at the same moment stays finished. */
  async cancel(job: JobKey): Promise<Cancellation> {
    const known = await this.jobs.find(job);
    if (!known) return { kind: 'unknown' };
    if (!known.finished) await this.appendCancellation(job);
    const state = known.finished ? known : ((await this.jobs.find(job)) ?? known);
    return { kind: state.finished?.status === 'cancelled' ? 'cancelled' : 'already-final', job: state };
  }

  /** The request comes first, so that workers stop before they meet a job that is over. */
  private async appendCancellation(job: JobKey): Promise<void> {
    const at = this.clock.now().toISOString();
    await this.log.append({ version: 1, ...job, at, type: 'job-cancel-requested' });
    const finished: JobFinished = {
      version: 1,
      ...job,
      at,
      type: 'job-finished',
      status: 'cancelled',
      problems: [{ code: 'cancelled', message: 'The job was cancelled on request.' }],
      costUsd: 0,
      times: {},
    };
    await this.log.append(finished);
  }
}
