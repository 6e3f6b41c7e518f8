import type { JobKey, JobListQuery, JobListView, JobView, Tenant } from '@waybill/contracts';
import { statusOf, toJobView, type Clock, type JobArchive, type JobState, type QueueGauge } from '@waybill/jobs';
import type { FindJob } from './find-job.js';
import { fromCursor, toCursor } from './list-cursor.js';

/** Jobs in the shape that their owners see. */
export class JobReader {
  constructor(
    private readonly jobs: FindJob,
    private readonly archive: JobArchive,
    private readonly gauge: QueueGauge,
    private readonly clock: Clock,
  ) {}

  /** Undefined when the tenant has no such job. */
  async find(job: JobKey): Promise<JobView | undefined> {
    const state = await this.jobs.find(job);
    return state && (await this.show(state));
  }

  /** For a queued job also how long the queue before it is, at most. */
  async show(state: JobState): Promise<JobView> {
    const now = this.clock.now();
    if (statusOf(state, now) !== 'queued') return toJobView(state, { now });
    return toJobView(state, { now, pagesAhead: await this.gauge.pagesAhead() });
  }

  /** Jobs as recorded, newest first. */
  async list(tenant: Tenant, query: JobListQuery): Promise<JobListView> {
    const { status, tag, task, since, until, cursor, limit } = query;
    const { jobs, next } = await this.archive.list({
      tenant,
      limit,
      ...(status ? { statuses: status } : {}),
      ...(tag === undefined ? {} : { tag }),
      ...(task ? { task } : {}),
      ...(since ? { since: new Date(since) } : {}),
      ...(until ? { until: new Date(until) } : {}),
      ...(cursor === undefined ? {} : { after: fromCursor(cursor) }),
    });
    const now = this.clock.now();
    return { jobs: jobs.map((job) => toJobView(job, { now })), next: next ? toCursor(next) : null };
  }
}
