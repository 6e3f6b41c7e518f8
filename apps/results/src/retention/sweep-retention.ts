import type { BlobReference, JobEvent, JobId, JobKey, RetainedKind } from '@waybill/contracts';
import type { DueRetention, RetentionBook, RetentionPolicy } from '@waybill/jobs';
import type { Sweep } from '@waybill/platform';
import type { Logger } from 'pino';
import type { PurgeBatch } from '../purge/purge-batch.js';
import type { PurgeJob, PurgeTools } from '../purge/purge-job.js';
import { referencesIn } from '../purge/references-in.js';
import type { DateRetention } from './date-retention.js';

const removalsAtOnce = 100;
/** How often money and receipts of chats that are over are looked for: nobody waits for them to be gone. */
const moneyEveryMs = 3_600_000;

export interface RetentionTools extends Pick<PurgeTools, 'log' | 'archive' | 'blobs' | 'messages' | 'clock'> {
  readonly book: RetentionBook;
  readonly purger: PurgeJob;
  readonly batches: PurgeBatch;
}

/** Removes what is over its time, one process at a time; what breaks off is done at the next look. See docs/data.md. */
export class SweepRetention implements Sweep {
  readonly name = 'content that is over its time';
  private allAreDated = false;
  private moneyAtMs = -Infinity;

  constructor(
    private readonly tools: RetentionTools,
    private readonly dates: DateRetention,
    private readonly policy: RetentionPolicy,
    private readonly logger: Logger,
  ) {}

  async run(): Promise<void> {
    await this.tools.book.alone(() => this.sweep());
  }

  private async sweep(): Promise<void> {
    const { book, clock } = this.tools;
    if (!this.allAreDated) await this.dates.dateAll();
    this.allAreDated = true;
    const now = clock.now();
    for (const due of await book.due(now, removalsAtOnce)) {
      await this.remove(due);
      await book.done(due, now);
    }
    for (const { tenant, id } of await book.dueFiles(this.policy, now, removalsAtOnce)) {
      await this.tools.batches.purge({ tenant, jobId: id as string as JobId }, 'waybill-retention');
      this.logger.info({ tenant, id }, 'removed what was over its time');
    }
    if (now.getTime() - this.moneyAtMs < moneyEveryMs) return;
    const entries = await book.forgetMoney(this.policy, now);
    if (entries > 0) this.logger.info({ entries }, 'entries of the ledger were over their time');
    const receipts = await book.forgetChats(this.policy, now);
    if (receipts > 0) this.logger.info({ receipts }, 'receipts of chats were over their time');
    this.moneyAtMs = now.getTime();
  }

  private async remove({ job, kind }: DueRetention): Promise<void> {
    if (kind === 'results') await this.tools.purger.purge(job, 'waybill-retention');
    else if (kind === 'events') await this.removeEvents(job);
    else await this.removeBlobs(job, kind);
    this.logger.info({ ...job, kind }, 'removed what was over its time');
  }

  private async removeEvents(job: JobKey): Promise<void> {
    await this.tools.messages.eraseMessages(job);
    await this.tools.messages.eraseEvents(job);
  }

  private async removeBlobs(job: JobKey, kind: BlobKind): Promise<void> {
    const { log, archive, blobs } = this.tools;
    const events: JobEvent[] = (await log.history(job)).map(({ event }) => event);
    const known = [...events, ...(await archive.pageEndings(job))];
    await blobs.eraseBlobs(job.tenant, known.flatMap(referencesOf[kind]));
    if (kind !== 'layouts') return;
    const keys = known.flatMap((event) => (event.type === 'page-read' ? (event.summary.cacheKeys ?? []) : []));
    await blobs.eraseReadings(job.tenant, [...new Set(keys)]);
  }
}

type BlobKind = Exclude<RetainedKind, 'events' | 'results'>;

/** Where a job's events refer to bytes of each kind. */
const referencesOf: Readonly<Record<BlobKind, (event: JobEvent) => BlobReference[]>> = {
  documents: (event) => {
    if (event.type === 'job-accepted') return referencesIn(event.submission.documents);
    return event.type === 'job-planned' ? referencesIn(event.sources ?? []) : [];
  },
  pages: (event) => (event.type === 'page-read' && event.image ? [event.image] : []),
  layouts: (event) => (event.type === 'page-read' ? [event.layout] : []),
};
