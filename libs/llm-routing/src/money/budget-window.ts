import type { BudgetWindow } from '@waybill/contracts';

/** A stretch of time that budgets count in. Windows of a job and of everything begin at the epoch and have no end. */
export interface WindowSpan {
  readonly startsAt: Date;
  readonly endsAt: Date | undefined;
}

/** The window that a moment lies in, in UTC: from its first millisecond up to, not including, its end. */
export function windowAt(window: BudgetWindow, moment: Date): WindowSpan {
  const [year, month, day] = [moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate()];
  switch (window) {
    case 'hour':
      return span(
        Date.UTC(year, month, day, moment.getUTCHours()),
        Date.UTC(year, month, day, moment.getUTCHours() + 1),
      );
    case 'day':
      return span(Date.UTC(year, month, day), Date.UTC(year, month, day + 1));
    case 'month':
      return span(Date.UTC(year, month), Date.UTC(year, month + 1));
    case 'job':
    case 'total':
      return { startsAt: new Date(0), endsAt: undefined };
  }
}

const span = (start: number, end: number): WindowSpan => ({ startsAt: new Date(start), endsAt: new Date(end) });
