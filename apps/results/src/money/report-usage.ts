import type { UsageQuery, UsageView } from '@waybill/contracts';
import type { Clock } from '@waybill/jobs';
import type { UsageBook, UsageOwner } from '@waybill/llm-routing';

const daysShown = 30;

/** Adds up what a tenant, or every tenant, has spent, over the last days unless it is asked about another time. */
export class ReportUsage {
  constructor(
    private readonly book: UsageBook,
    private readonly clock: Clock,
  ) {}

  async report(owner: UsageOwner, { by = [], from, to, tag, job, model, key, limit }: UsageQuery): Promise<UsageView> {
    const end = to === undefined ? this.clock.now() : new Date(to);
    const begin = from === undefined ? new Date(end.getTime() - daysShown * 86_400_000) : new Date(from);
    return await this.book.usage(owner, {
      ...{ by, from: begin, to: end, limit },
      ...(tag === undefined ? {} : { tag }),
      ...(job === undefined ? {} : { job }),
      ...(model === undefined ? {} : { model }),
      ...(key === undefined ? {} : { key }),
    });
  }
}
