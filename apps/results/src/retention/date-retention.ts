import type { JobKey, RetainedKind } from '@waybill/contracts';
import {
  retentionOf,
  type EndedJob,
  type JobState,
  type RetentionBook,
  type RetentionDate,
  type RetentionPolicy,
} from '@waybill/jobs';

const jobsAtOnce = 500;

/** Writes down when the parts of jobs are to be removed. With a policy that keeps everything only what jobs wish. */
export class DateRetention {
  constructor(
    private readonly book: RetentionBook,
    private readonly policy: RetentionPolicy,
  ) {}

  /** Again with the same jobs it changes nothing. */
  async date(jobs: readonly JobState[]): Promise<void> {
    await this.write(jobs.flatMap(endedJobOf));
  }

  /** Of all jobs: those that ended before there was a policy, or under another one. */
  async dateAll(): Promise<void> {
    let place: JobKey | undefined;
    for (;;) {
      const jobs: EndedJob[] = await this.book.endedAfter(place, jobsAtOnce);
      await this.write(jobs);
      place = jobs.at(-1)?.job;
      if (jobs.length < jobsAtOnce) return;
    }
  }

  private async write(jobs: readonly EndedJob[]): Promise<void> {
    await this.book.date(jobs.flatMap((ended) => this.datesOf(ended)));
  }

  private datesOf({ job, finishedAt, wish }: EndedJob): RetentionDate[] {
    const times = Object.entries(retentionOf(this.policy, job.tenant, wish)) as [RetainedKind, number][];
    return times.map(([kind, keptMs]) => ({ job, kind, dueAt: new Date(finishedAt.getTime() + keptMs) }));
  }
}

const endedJobOf = ({ tenant, jobId, finished, retention }: JobState): EndedJob[] =>
  finished
    ? [{ job: { tenant, jobId }, finishedAt: new Date(finished.at), ...(retention ? { wish: retention } : {}) }]
    : [];
