import type { Reservation, SpendIntent } from '@waybill/llm-routing';
import type { Allowance } from './allowance.js';

/** One call's part of an allowance, until it is settled or released. */
export class DrawnReservation implements Reservation {
  readonly id: string;
  readonly attempt = 1;

  constructor(
    readonly intent: SpendIntent,
    readonly leaseEndsAt: Date,
    private from: Allowance | undefined,
  ) {
    this.id = `${intent.idempotencyKey}/1`;
  }

  get most(): SpendIntent['most'] {
    return this.intent.most;
  }

  /** What it was drawn from; from then on it is drawn from nothing. */
  end(): Allowance | undefined {
    const { from } = this;
    this.from = undefined;
    return from;
  }
}

/** Ends a reservation that was drawn from an allowance. @returns undefined for one that stands for itself, or has ended */
export const endOf = (reservation: Reservation): Allowance | undefined =>
  reservation instanceof DrawnReservation ? reservation.end() : undefined;
