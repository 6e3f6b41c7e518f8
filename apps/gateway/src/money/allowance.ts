import type { Picodollars, Reservation } from '@waybill/llm-routing';

/** A reservation that covers one call after the other until it is used up or its lease becomes too short for another. */
export class Allowance {
  private freeAmount: Picodollars;
  private callsUnderWay = 0;
  private billsToBook = 0;
  private usedAtMs: number;
  private retired = false;

  constructor(
    readonly reservation: Reservation,
    nowMs: number,
  ) {
    this.freeAmount = reservation.most;
    this.usedAtMs = nowMs;
  }

  get free(): Picodollars {
    return this.freeAmount;
  }

  get isRetired(): boolean {
    return this.retired;
  }

  /** No further call draws on it. */
  retire(): void {
    this.retired = true;
  }

  /** Nothing is under way, and all that was spent is booked: what is left can be given back. */
  get isQuiet(): boolean {
    return this.callsUnderWay === 0 && this.billsToBook === 0;
  }

  idleMs(nowMs: number): number {
    return nowMs - this.usedAtMs;
  }

  /** Whether it has room for a call, and the call may last as long as it wants to before the lease is over. */
  covers(most: Picodollars, nowMs: number, leaseMs: number): boolean {
    if (this.retired || this.freeAmount < most) return false;
    return this.reservation.leaseEndsAt.getTime() - nowMs >= leaseMs;
  }

  take(most: Picodollars, nowMs: number): void {
    this.freeAmount -= most;
    this.callsUnderWay += 1;
    this.usedAtMs = nowMs;
  }

  /** A call has ended. What it did not spend covers others; what it did is booked later. */
  end(most: Picodollars, spent: Picodollars | undefined): void {
    this.freeAmount += most - (spent ?? 0n);
    this.callsUnderWay -= 1;
    if (spent !== undefined) this.billsToBook += 1;
  }

  booked(): void {
    this.billsToBook -= 1;
  }
}
