import type { PageEnded, ReadPageWork } from '@waybill/contracts';
import {
  endWithoutAnswer,
  plannedPageCount,
  StageError,
  type Clock,
  type EventLog,
  type WorkQueue,
} from '@waybill/jobs';

/** What is needed of a page's work to go on with its job. */
export type GatheredWork = Pick<ReadPageWork, 'tenant' | 'jobId' | 'deadline' | 'plan'>;

/**
 * Fan-in without a lock: whoever ends a page and then counts as many endings as there are planned pages sends the job
 * on. Two may see the last page; the fixed message id, and the event's own uniqueness, make one of it.
 */
export class GatherPages {
  constructor(
    private readonly events: EventLog,
    private readonly queue: WorkQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * Called after `ending` is in the log, also when it was there before: the one who wrote it may have died since.
   * @throws StageError `unavailable` (retryable) when the log cannot be read, or not all of it yet
   */
  async gather(work: GatheredWork, ending: PageEnded): Promise<void> {
    const { tenant, jobId, deadline, plan } = work;
    const planned = plannedPageCount(plan.documents);
    if (planned > 1 && (await this.events.countPageEndings(work)) < planned) return;
    const pages = planned > 1 ? await this.events.pageEndings(work) : [ending];
    if (pages.length < planned) {
      throw new StageError('unavailable', 'The endings of the pages cannot all be read yet.', { retryable: true });
    }
    if (pages.some((page) => page.type === 'page-read')) {
      await this.queue.answerJob('free', { version: 1, tenant, jobId, deadline, plan, pages });
      return;
    }
    const problems = [
      ...plan.documents.flatMap(({ document, failure }) => (failure ? [{ ...failure, document }] : [])),
      ...pages.flatMap((page) => (page.type === 'page-failed' ? [page.failure] : [])),
    ];
    await this.events.append(endWithoutAnswer(work, 'failed', problems, this.clock.now()));
  }
}
