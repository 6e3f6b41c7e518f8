import type {
  FinalStatus,
  JobFinished,
  JobId,
  JobKey,
  JobStatus,
  PageEnded,
  PageKey,
  Tenant,
} from '@waybill/contracts';
import type { JobArchive, JobListing, JobPosition, JobState } from '@waybill/jobs';
import { plainSealer, type Sealer } from '@waybill/sealing';
import type { SelectQueryBuilder } from 'typeorm';
import type { Database } from './database.js';
import type { JobEntity } from './entities/job.entity.js';
import type { PageEntity } from './entities/page.entity.js';
import { toJobState } from './job-row.js';
import { SealedRows } from './sealed-rows.js';

/** Reads the projection. */
export class PostgresJobArchive implements JobArchive {
  private readonly rows: SealedRows;

  /** @param sealer opens the content of rows that were encrypted */
  constructor(
    private readonly database: Database,
    sealer: Sealer = plainSealer,
  ) {
    this.rows = new SealedRows(sealer);
  }

  async find({ tenant, jobId }: JobKey): Promise<JobState | undefined> {
    const row = await this.database.run((manager, { JobEntity }) => manager.findOneBy(JobEntity, { tenant, jobId }));
    return row ? await this.stateOf(row) : undefined;
  }

  async list(listing: JobListing): Promise<{ jobs: JobState[]; next: JobPosition | null }> {
    const rows = await this.database.run((manager, { JobEntity }) =>
      listed(manager.createQueryBuilder(JobEntity, 'job'), listing).getMany(),
    );
    const shown = rows.slice(0, listing.limit);
    const last = shown.at(-1);
    const isMore = rows.length > listing.limit && last?.createdAt;
    return {
      jobs: await Promise.all(shown.map((row) => this.stateOf(row))),
      next: isMore ? { createdAt: last.createdAt as Date, jobId: last.jobId as JobId } : null,
    };
  }

  async pageEndings({ tenant, jobId }: JobKey): Promise<PageEnded[]> {
    const rows = await this.database.run((manager, { PageEntity }) =>
      manager.find(PageEntity, { where: { tenant, jobId }, order: { document: 'ASC', page: 'ASC' } }),
    );
    return await Promise.all(rows.map((row) => this.endingOf(row)));
  }

  async pageEnding({ tenant, jobId }: JobKey, { document, page }: PageKey): Promise<PageEnded | undefined> {
    const row = await this.database.run((manager, { PageEntity }) =>
      manager.findOneBy(PageEntity, { tenant, jobId, document, page }),
    );
    return row ? await this.endingOf(row) : undefined;
  }

  async finalEvent({ tenant, jobId }: JobKey): Promise<JobFinished | undefined> {
    const row = await this.database.run((manager, { ResultEntity }) =>
      manager.findOneBy(ResultEntity, { tenant, jobId }),
    );
    if (!row) return undefined;
    return {
      ...eventOf(row, row.finishedAt),
      type: 'job-finished',
      status: row.status satisfies FinalStatus,
      ...(await this.rows.openResult(row)),
      costUsd: row.costUsd,
      times: row.times,
    };
  }

  async overdue(moment: Date, limit: number): Promise<JobState[]> {
    const rows = await this.database.run((manager, { JobEntity }) =>
      manager
        .createQueryBuilder(JobEntity, 'job')
        .where('job.finishedAt IS NULL AND job.deadline < :moment', { moment })
        .orderBy('job.deadline')
        .limit(limit)
        .getMany(),
    );
    return await Promise.all(rows.map((row) => this.stateOf(row)));
  }

  private async stateOf(row: JobEntity): Promise<JobState> {
    return toJobState(await this.rows.openJob(row));
  }

  private async endingOf(row: PageEntity): Promise<PageEnded> {
    return toPageEnded(row.failure ? { ...row, failure: await this.rows.openFailure(row, row.failure) } : row);
  }
}

/** One row more than asked for tells whether there is a next page. */
function listed(jobs: SelectQueryBuilder<JobEntity>, listing: JobListing): SelectQueryBuilder<JobEntity> {
  const { tenant, statuses, tag, task, since, until, after, limit } = listing;
  const query = jobs
    .where('job.tenant = :tenant AND job.createdAt IS NOT NULL', { tenant })
    .orderBy('job.createdAt', 'DESC')
    .addOrderBy('job.jobId', 'DESC')
    .limit(limit + 1);
  if (statuses) query.andWhere(hasStatus(statuses), { statuses, now: new Date() });
  if (tag !== undefined) query.andWhere('job.tags @> ARRAY[:tag]::text[]', { tag });
  if (task) query.andWhere('job.task = :task', { task });
  if (since) query.andWhere('job.createdAt >= :since', { since });
  if (until) query.andWhere('job.createdAt < :until', { until });
  if (after) query.andWhere('(job.createdAt, job.jobId) < (:createdAt, :jobId)', { ...after });
  return query;
}

/** A wait whose time has come counts as processing, or as queued where no page has ended, as in the job's view. */
function hasStatus(statuses: readonly JobStatus[]): string {
  const waitOver = "job.status = 'waiting' AND job.waitingUntil <= :now";
  const started = "(job.progress->'pages'->>'attempts')::int > 0";
  const ways = [
    `job.status IN (:...statuses) AND NOT (${waitOver})`,
    ...(statuses.includes('processing') ? [`${waitOver} AND ${started}`] : []),
    ...(statuses.includes('queued') ? [`${waitOver} AND NOT ${started}`] : []),
  ];
  return `(${ways.map((way) => `(${way})`).join(' OR ')})`;
}

const eventOf = ({ tenant, jobId }: { tenant: string; jobId: string }, at: Date) => ({
  version: 1 as const,
  tenant: tenant as Tenant,
  jobId: jobId as JobId,
  at: at.toISOString(),
});

function toPageEnded(row: PageEntity): PageEnded {
  const ended = { ...eventOf(row, row.endedAt), document: row.document, page: row.page, attempts: row.attempts };
  if (row.failure) return { ...ended, type: 'page-failed', failure: row.failure };
  if (!row.layout || !row.summary)
    throw new Error(`The page ${row.document}-${row.page} of ${row.jobId} has no ending.`);
  return {
    ...ended,
    type: 'page-read',
    layout: row.layout,
    ...(row.image ? { image: row.image } : {}),
    summary: row.summary,
    times: row.times ?? {},
  };
}
