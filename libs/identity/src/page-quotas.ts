import type { PageQuotaView, Tenant } from '@waybill/contracts';
import type { Clock } from '@waybill/jobs';
import { bookPages, pageLimitsOf, pagesUsed, parsePageBook, type PageAsk, type PageBooking } from './page-quota.js';
import type { RequestLimits } from './request-limits.js';
import type { SharedStates } from './shared-states.js';

/** Whose pages. The credential is not known of jobs that came over NATS. */
export interface PageOwner {
  readonly tenant: Tenant;
  readonly credential?: string | undefined;
}

/** Pages that tenants and their credentials may have read, counted by all processes together. See docs/fair-use.md. */
export class PageQuotas {
  /** Jobs whose plans are known: they need not be remembered any more. */
  private readonly planned = new Map<Tenant, Set<string>>();

  constructor(
    private readonly limits: () => RequestLimits,
    private readonly states: SharedStates,
    private readonly clock: Clock,
  ) {}

  /** Undefined where there is no limit. @throws StageError `unavailable` */
  async book({ tenant, credential }: PageOwner, ask: Omit<PageAsk, 'now'>): Promise<PageBooking | undefined> {
    const limits = pageLimitsOf(this.limits(), tenant, credential);
    if (limits.length === 0) return undefined;
    const known = this.planned.get(tenant) ?? new Set();
    this.planned.delete(tenant);
    return await this.states.change(keyOf(tenant), parsePageBook, (state) => {
      const { book, booking } = bookPages(without(state, known), limits, { ...ask, now: this.clock.now() });
      return { state: book, result: booking };
    });
  }

  /** The plan of the job can be found by whoever does it again. */
  settle(tenant: Tenant, jobId: string): void {
    const known = this.planned.get(tenant) ?? new Set();
    this.planned.set(tenant, known.add(jobId));
  }

  /** How every limit of pages stands. @throws StageError `unavailable` */
  async standing({ tenant, credential }: PageOwner): Promise<PageQuotaView[]> {
    const limits = pageLimitsOf(this.limits(), tenant, credential);
    if (limits.length === 0) return [];
    const book = await this.states.change(keyOf(tenant), parsePageBook, (state) => ({ state, result: state }));
    return limits.map((limit) => {
      const { used, turnsAt } = pagesUsed(book, limit, this.clock.now());
      const left = Math.max(0, limit.limit - used);
      return { of: limit.of, window: limit.window, limit: limit.limit, used, left, turnsAt: turnsAt.toISOString() };
    });
  }
}

const keyOf = (tenant: Tenant): string => `pages.${tenant}`;

type Book = NonNullable<ReturnType<typeof parsePageBook>>;

function without(book: Book | undefined, known: ReadonlySet<string>): Book | undefined {
  if (!book || known.size === 0) return book;
  return { ...book, taken: Object.fromEntries(Object.entries(book.taken).filter(([jobId]) => !known.has(jobId))) };
}
