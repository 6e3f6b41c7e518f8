import type { Bill, Reservation } from './purse.js';

/** The bill of a call that was covered by a reservation for many calls. */
export interface CoveredBill {
  /** What covered it: a reservation of a purse, made for nothing but covering. */
  readonly allowance: Reservation;
  /** What the call would have reserved by itself. */
  readonly reservation: Reservation;
  readonly bill: Bill;
  /** When it was made out. */
  readonly at: Date;
}

/** Port: bills in company (docs/money.md, "Allowances"). Failures are `StageError`s: `unavailable` (retryable). */
export interface AllowanceBook {
  /** A bill as `book` takes it: what waits to be booked is small. */
  written(bill: CoveredBill): string;
  /** Books all or none, each once however often it is given; an allowance shrinks by what is booked from it, in the same moment. */
  book(written: readonly string[]): Promise<void>;
}
