import type { JobState } from '@waybill/jobs';
import { LRUCache } from 'lru-cache';

/** A job's state as its row held it at a revision. */
export interface KnownJob {
  readonly revision: number;
  /** Undefined for a row that was forgotten, and where there is none (revision 0). */
  readonly state: JobState | undefined;
}

/** Jobs in the middle of their life; a few kilobytes each. */
const maxJobs = 2_000;

/**
 * The states that this process wrote last, so that the next event of a job needs no look at the database. It may be
 * behind what others wrote: the row's revision tells at the next write.
 */
export class KnownJobs {
  private readonly jobs = new LRUCache<string, KnownJob>({ max: maxJobs });

  get(key: string): KnownJob | undefined {
    return this.jobs.get(key);
  }

  /** A finished job is not kept: little is written about it any more. */
  keep(key: string, job: KnownJob): void {
    if (job.state?.finished) this.jobs.delete(key);
    else this.jobs.set(key, job);
  }

  forget(key: string): void {
    this.jobs.delete(key);
  }
}
