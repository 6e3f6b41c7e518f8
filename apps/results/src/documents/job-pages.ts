import type { JobKey, PageEnded, PageKey, PageRead } from '@waybill/contracts';
import {
  endedPageCount,
  jobKeyOf,
  plannedPageCount,
  type EventLog,
  type JobArchive,
  type JobState,
} from '@waybill/jobs';
import { unlessUnavailable } from '../jobs/find-job.js';

/** How the pages of a job ended: from Postgres, or from the event stream for what is not recorded yet. */
export class JobPages {
  constructor(
    private readonly archive: JobArchive,
    private readonly log: EventLog,
  ) {}

  /** Every page ending, ordered by document and page. */
  async endings(job: JobState): Promise<PageEnded[]> {
    const key = jobKeyOf(job);
    const recorded = (await unlessUnavailable(() => this.archive.pageEndings(key))) ?? [];
    if (recorded.length >= pagesThatEnded(job)) return recorded;
    const logged = await this.log.pageEndings(key);
    return logged.length > recorded.length ? logged : recorded;
  }

  async read(job: JobState): Promise<PageRead[]> {
    return (await this.endings(job)).filter((ending) => ending.type === 'page-read');
  }

  /** How one page ended, or undefined while it has not. */
  async ending(job: JobKey, page: PageKey): Promise<PageEnded | undefined> {
    const recorded = await unlessUnavailable(() => this.archive.pageEnding(job, page));
    return recorded ?? (await this.log.findPageEnding(job, page.document, page.page));
  }
}

/** An answered job has an ending for every planned page, whether or not all of them are recorded. */
function pagesThatEnded(job: JobState): number {
  const isAnswered = job.finished?.status === 'completed' || job.finished?.status === 'partial';
  if (!isAnswered) return endedPageCount(job);
  return job.planned ? plannedPageCount(job.planned.documents) : Number.POSITIVE_INFINITY;
}
