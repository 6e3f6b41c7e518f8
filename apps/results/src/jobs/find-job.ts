import type { JobKey } from '@waybill/contracts';
import { foldHistory, isKnown, StageError, type EventLog, type JobArchive, type JobState } from '@waybill/jobs';

/**
 * A job, wherever it is known. Postgres answers for what is recorded; the event stream answers for what is not yet, and
 * while Postgres is away. A job whose end is in the stream is never shown as unfinished.
 */
export class FindJob {
  constructor(
    private readonly archive: JobArchive,
    private readonly log: EventLog,
  ) {}

  /** The job's state, or undefined when the tenant has no such job. @throws StageError `unavailable` */
  async find(job: JobKey): Promise<JobState | undefined> {
    const recorded = await this.recorded(job);
    if (recorded?.finished) return recorded;
    if (recorded && !(await this.log.find(job, 'job-finished'))) return recorded;
    const folded = foldHistory(await this.log.history(job));
    return folded && isKnown(folded) ? folded : recorded;
  }

  private async recorded(job: JobKey): Promise<JobState | undefined> {
    const state = await unlessUnavailable(() => this.archive.find(job));
    return state && isKnown(state) ? state : undefined;
  }
}

/** The archive's answer, or undefined while Postgres is away: the event stream is asked then. */
export async function unlessUnavailable<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof StageError && error.failure.code === 'unavailable') return undefined;
    throw error;
  }
}
