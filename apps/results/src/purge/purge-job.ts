import type { JobKey, Purged, PurgeView } from '@waybill/contracts';
import type {
  AuditLog,
  BlobEraser,
  Clock,
  EventLog,
  JobArchive,
  JobState,
  MessageEraser,
  RecordEraser,
} from '@waybill/jobs';
import type { CancelJob } from '../jobs/cancel-job.js';
import type { FindJob } from '../jobs/find-job.js';
import { referencesIn } from './references-in.js';

/** What a purge works with, as one thing. */
export const PURGE_TOOLS = Symbol('PURGE_TOOLS');

/** Where copies of a job's content may be, and who removes them. */
export interface PurgeTools {
  readonly log: EventLog;
  readonly archive: JobArchive;
  readonly blobs: BlobEraser;
  readonly messages: MessageEraser;
  readonly records: RecordEraser;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** Until then whoever worked on a job that was cancelled has let go of it, and what was on its way has arrived. */
export const settleMs = 120_000;

/**
 * Removes every copy of a job's content and everything known of it but the money. A purge that breaks off can be made
 * again: what leads to the copies is removed last. See docs/data.md.
 */
export class PurgeJob {
  constructor(
    private readonly jobs: FindJob,
    private readonly canceller: CancelJob,
    private readonly tools: PurgeTools,
  ) {}

  /** Undefined when the tenant has no such job. @throws StageError `unavailable`; purging again goes on from there */
  async purge(job: JobKey, who: string): Promise<PurgeView | undefined> {
    const state = await this.jobs.find(job);
    if (!state) return undefined;
    const { clock, records } = this.tools;
    const now = clock.now();
    const repeatAt = mayBeUnderWay(state, now) ? new Date(now.getTime() + settleMs) : undefined;
    if (!state.finished) await this.canceller.cancel(job);
    if (repeatAt) await records.noteRepeat(job, now, repeatAt);
    const removed = await this.erase(job);
    await this.tell(job, { who, action: 'purge', removed });
    return {
      id: job.jobId,
      tenant: job.tenant,
      status: 'purged',
      purgedAt: now.toISOString(),
      removed,
      ...(repeatAt ? { againAfter: repeatAt.toISOString() } : {}),
    };
  }

  /** Removes what workers wrote after the purge. A job that was submitted under the same id since then is left alone. */
  async repeat(job: JobKey, purgedAt: Date): Promise<void> {
    const accepted = await this.tools.log.find(job, 'job-accepted');
    if (!accepted || Date.parse(accepted.at) <= purgedAt.getTime()) {
      const removed = await this.erase(job);
      await this.tell(job, { who: 'waybill-results', action: 'purge-again', removed });
    }
    await this.tools.records.forgetRepeat(job);
  }

  private async erase(job: JobKey): Promise<Purged> {
    const { log, archive, blobs, messages, records } = this.tools;
    const history = (await log.history(job)).map(({ event }) => event);
    const endings = await archive.pageEndings(job);
    const known = [...history, ...endings];
    const cacheKeys = known.flatMap((event) => (event.type === 'page-read' ? (event.summary.cacheKeys ?? []) : []));
    const { tenant } = job;
    return {
      messages: await messages.eraseMessages(job),
      blobs: (await blobs.eraseBlobs(tenant, referencesIn(known))) + (await blobs.eraseUnder(job)),
      readings: await blobs.eraseReadings(tenant, [...new Set(cacheKeys)]),
      answers: await blobs.eraseAnswers(tenant, await records.paidCalls(job)),
      rows: await records.eraseRecords(job),
      events: await messages.eraseEvents(job),
    };
  }

  private async tell(
    { tenant, jobId }: JobKey,
    line: { readonly who: string; readonly action: 'purge' | 'purge-again'; readonly removed: Purged },
  ): Promise<void> {
    await this.tools.audit.append({ version: 1, tenant, jobId, at: this.tools.clock.now().toISOString(), ...line });
  }
}

const mayBeUnderWay = ({ finished }: JobState, now: Date): boolean =>
  !finished || now.getTime() - Date.parse(finished.at) < settleMs;
