import type { JobFinished, JobKey, ResultView } from '@waybill/contracts';
import { toResultView, type EventLog, type JobArchive, type JobState } from '@waybill/jobs';
import { noSuchJob, notFinal } from '../http/refusals.js';
import { unlessUnavailable, type FindJob } from '../jobs/find-job.js';

/** Jobs that must be final to be asked about. Refusals are `ProblemException`s. */
export class FinishedJob {
  constructor(
    private readonly jobs: FindJob,
    private readonly archive: JobArchive,
    private readonly log: EventLog,
  ) {}

  /** @throws ProblemException 404 for an unknown job, 409 for one that is not final. */
  async state(job: JobKey): Promise<JobState> {
    const state = await this.jobs.find(job);
    if (!state) throw noSuchJob(job);
    if (!state.finished) throw notFinal(job);
    return state;
  }

  /** @throws ProblemException as `state` does. */
  async result(job: JobKey): Promise<ResultView> {
    return toResultView(await this.finalEvent(job));
  }

  private async finalEvent(job: JobKey): Promise<JobFinished> {
    await this.state(job);
    const final =
      (await unlessUnavailable(() => this.archive.finalEvent(job))) ?? (await this.log.find(job, 'job-finished'));
    if (!final) throw notFinal(job);
    return final;
  }
}
