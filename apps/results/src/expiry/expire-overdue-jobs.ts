import type { Failure, JobFinished } from '@waybill/contracts';
import {
  endWithoutAnswer,
  jobKeyOf,
  readingCostOf,
  type Clock,
  type EventLog,
  type JobArchive,
  type JobState,
} from '@waybill/jobs';
import type { Sweep } from '@waybill/platform';
import type { Logger } from 'pino';

const jobsAtOnce = 200;

/** Ends jobs whose deadline has passed. Any number of replicas may do it: the event stream takes one end a job. */
export class ExpireOverdueJobs implements Sweep {
  readonly name = 'overdue jobs';

  constructor(
    private readonly archive: JobArchive,
    private readonly log: EventLog,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async run(): Promise<void> {
    const jobs = await this.expire();
    if (jobs > 0) this.logger.info({ jobs }, 'overdue jobs ended as expired');
  }

  /** @returns how many jobs were ended now; others may have been ended by somebody else. */
  async expire(): Promise<number> {
    const now = this.clock.now();
    const overdue = await this.archive.overdue(now, jobsAtOnce);
    const appended = await Promise.all(overdue.map((job) => this.log.append(expired(job, now))));
    return appended.filter((answer) => answer === 'appended').length;
  }
}

const reason: Failure = {
  code: 'deadline-exceeded',
  message: 'The deadline passed before the job had finished; submit it again with a later one.',
};

const expired = (job: JobState, now: Date): JobFinished =>
  endWithoutAnswer(jobKeyOf(job), 'expired', [reason], now, readingCostOf(job));
