import type { Tenant } from '@waybill/contracts';
import { z } from 'zod';
import type { RequestLimits, UseLimits } from './request-limits.js';
import { ratesOf } from './request-limits.js';

const pageBookSchema = z.object({
  /** Pages by slot: `day <date>` or `month <month>` of the tenant, with a credential behind it of that one. */
  used: z.record(z.string(), z.number()),
  /** Jobs whose pages are counted and whose plan may not be known yet, with the day that they wait for. */
  taken: z.record(z.string(), z.object({ day: z.string() })),
});

/** What a tenant has used of its days and months, by UTC; windows that have passed are not in it any more. */
export type PageBook = z.infer<typeof pageBookSchema>;

export const parsePageBook = (stored: unknown): PageBook | undefined => pageBookSchema.safeParse(stored).data;

const dayMs = 86_400_000;
/** Jobs that are remembered between count and plan: many more than are planned at once. */
const mostTaken = 500;
/** Documents and events are kept for seven days. */
const mostDaysAhead = 5;

export interface PageAsk {
  readonly jobId: string;
  readonly pages: number;
  readonly deadline: Date;
  readonly now: Date;
}

/** `from` is when the pages may be read: now, or the beginning of a later day. */
export type PageBooking =
  { readonly kind: 'booked'; readonly from: Date } | { readonly kind: 'refused'; readonly reason: string };

/** One of the limits that hold for a job. */
export interface PageLimit {
  readonly of: 'tenant' | 'key';
  readonly window: 'day' | 'month';
  readonly limit: number;
  readonly credential: string;
}

/** The limits of pages that hold for a tenant, and for one of its credentials where that is known. */
export function pageLimitsOf(limits: RequestLimits, tenant: Tenant, credential: string | undefined): PageLimit[] {
  const { tenant: ofTenant, key } = ratesOf(limits, tenant);
  const listed = (of: PageLimit['of'], use: UseLimits | undefined, name: string): PageLimit[] => [
    ...(use?.pagesPerDay === undefined
      ? []
      : [{ of, window: 'day' as const, limit: use.pagesPerDay, credential: name }]),
    ...(use?.pagesPerMonth === undefined
      ? []
      : [{ of, window: 'month' as const, limit: use.pagesPerMonth, credential: name }]),
  ];
  return [...listed('tenant', ofTenant, ''), ...(credential === undefined ? [] : listed('key', key, credential))];
}

/**
 * Counts the pages of a job in the first day that has room for all of them and begins before the deadline: today, or a later
 * one that the job waits for. Who asks again for the same job is told the same, and nothing is counted twice.
 */
export function bookPages(
  known: PageBook | undefined,
  limits: readonly PageLimit[],
  ask: PageAsk,
): { readonly book: PageBook | undefined; readonly booking: PageBooking } {
  const taken = known?.taken[ask.jobId];
  if (taken) return { book: known, booking: { kind: 'booked', from: startOf(taken.day, ask.now) } };
  const book = withoutPassed(known, ask.now);
  for (let ahead = 0; ahead <= mostDaysAhead; ahead += 1) {
    const day = dayOf(new Date(ask.now.getTime() + ahead * dayMs));
    const from = startOf(day, ask.now);
    if (from >= ask.deadline) break;
    if (!limits.every((limit) => usedOf(book, limit, day) + ask.pages <= limit.limit)) continue;
    return { book: counted(book, limits, { ...ask, day }), booking: { kind: 'booked', from } };
  }
  const most = limits.map(({ of, window, limit }) => `${limit} a ${window} for the ${of}`).join(', ');
  const reason = `The job has ${ask.pages} pages, and there is no room for them before its deadline and within ${mostDaysAhead} days (${most}); send less, later, or with a later deadline.`;
  return { book: known, booking: { kind: 'refused', reason } };
}

/** How much is used of a limit at a moment, and when its window turns. */
export function pagesUsed(book: PageBook | undefined, limit: PageLimit, now: Date): { used: number; turnsAt: Date } {
  const day = dayOf(now);
  const turnsAt =
    limit.window === 'day'
      ? new Date(startOf(day, new Date(0)).getTime() + dayMs)
      : new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1));
  return { used: usedOf(book, limit, day), turnsAt };
}

const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/** A day that has begun is now. */
function startOf(day: string, now: Date): Date {
  const start = new Date(`${day}T00:00:00.000Z`);
  return start < now ? now : start;
}

const slotOf = ({ window, credential }: PageLimit, day: string): string =>
  `${window} ${window === 'day' ? day : day.slice(0, 7)} ${credential}`.trim();

const usedOf = (book: PageBook | undefined, limit: PageLimit, day: string): number =>
  book?.used[slotOf(limit, day)] ?? 0;

function counted(
  { used, taken }: PageBook,
  limits: readonly PageLimit[],
  { jobId, pages, day }: PageAsk & { readonly day: string },
): PageBook {
  const slots = new Set(limits.map((limit) => slotOf(limit, day)));
  const more = Object.fromEntries([...slots].map((slot) => [slot, (used[slot] ?? 0) + pages]));
  const latest = Object.entries(taken).slice(1 - mostTaken);
  return { used: { ...used, ...more }, taken: { ...Object.fromEntries(latest), [jobId]: { day } } };
}

function withoutPassed(book: PageBook | undefined, now: Date): PageBook {
  const day = dayOf(now);
  const isAhead = ([slot]: readonly [string, unknown]): boolean => {
    const [window, name = ''] = slot.split(' ');
    return name >= (window === 'day' ? day : day.slice(0, 7));
  };
  return { used: Object.fromEntries(Object.entries(book?.used ?? {}).filter(isAhead)), taken: book?.taken ?? {} };
}
