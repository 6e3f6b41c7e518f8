import type { JobKey } from '@waybill/contracts';
import { endWithoutAnswer, foldHistory, readingCostOf, type Clock, type EventLog, type JobState } from '@waybill/jobs';
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

  /**
   * The request comes first, so that workers stop before they meet a job that is over. What reading has cost is taken
   * from the stream: what is recorded may be some pages behind it.
   */
  private async appendCancellation(job: JobKey): Promise<void> {
    const at = this.clock.now();
    await this.log.append({ version: 1, ...job, at: at.toISOString(), type: 'job-cancel-requested' });
    const state = foldHistory(await this.log.history(job));
    const reason = { code: 'cancelled' as const, message: 'The job was cancelled on request.' };
    const spentUsd = state ? readingCostOf(state) : 0;
    await this.log.append(endWithoutAnswer(job, 'cancelled', [reason], at, spentUsd));
  }
}
