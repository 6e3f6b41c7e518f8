import type { Clock, RecordEraser } from '@waybill/jobs';
import type { Sweep } from '@waybill/platform';
import type { Logger } from 'pino';
import type { PurgeJob } from './purge-job.js';

const jobsAtOnce = 100;

/** Does purges of jobs that were under way once more. Any number of replicas may: erasing twice is erasing once. */
export class RepeatPurges implements Sweep {
  readonly name = 'purges to be repeated';

  constructor(
    private readonly records: RecordEraser,
    private readonly purger: PurgeJob,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async run(): Promise<void> {
    for (const { job, purgedAt } of await this.records.dueRepeats(this.clock.now(), jobsAtOnce)) {
      await this.purger.repeat(job, purgedAt);
      this.logger.info({ ...job }, 'looked once more for what was written after a purge');
    }
  }
}
