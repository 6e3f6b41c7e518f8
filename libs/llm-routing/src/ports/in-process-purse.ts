import { systemClock, type Clock } from '@waybill/jobs';
import type { Bill, Purse, Reservation, ReserveAnswer, SpendIntent } from './purse.js';

/** A purse without budgets, of one process: it only sees to it that no call is paid twice. */
export class InProcessPurse implements Purse {
  private readonly settled = new Map<string, bigint>();
  private readonly held = new Map<string, bigint>();

  constructor(private readonly clock: Clock = systemClock) {}

  /** Picodollars that were billed. */
  get spent(): bigint {
    return [...this.settled.values()].reduce((sum, amount) => sum + amount, 0n);
  }

  /** Picodollars that are reserved and neither settled nor released. */
  get reserved(): bigint {
    return [...this.held.values()].reduce((sum, amount) => sum + amount, 0n);
  }

  async reserve(intent: SpendIntent): Promise<ReserveAnswer> {
    const { idempotencyKey: id, most, leaseMs } = intent;
    const spent = this.settled.get(id);
    if (spent !== undefined) return { kind: 'settled', reservationId: id, spent };
    const attempt = this.held.has(id) ? 2 : 1;
    this.held.set(id, most);
    const leaseEndsAt = new Date(this.clock.now().getTime() + leaseMs);
    return { kind: 'reserved', reservation: { id, attempt, most, leaseEndsAt, intent } };
  }

  async settle({ id }: Reservation, { spent }: Bill): Promise<void> {
    this.held.delete(id);
    this.settled.set(id, spent);
  }

  async release({ id }: Reservation): Promise<void> {
    this.held.delete(id);
  }
}
