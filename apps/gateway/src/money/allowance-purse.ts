import type { Tenant } from '@waybill/contracts';
import { newJobId, type Clock } from '@waybill/jobs';
import type {
  AllowanceBook,
  Bill,
  BudgetBook,
  CoveredBill,
  Picodollars,
  Purse,
  Reservation,
  ReserveAnswer,
  SpendIntent,
} from '@waybill/llm-routing';
import { Allowance } from './allowance.js';
import { DrawnReservation, endOf } from './drawn-reservation.js';
import { allowanceAmount, isOverfull } from './allowance-amount.js';
import { BillQueue } from './bill-queue.js';

export interface AllowanceTerms {
  readonly clock: Clock;
  /** The most that one allowance holds. */
  readonly most: Picodollars;
  readonly onTrouble: (error: unknown) => void;
}

interface Books {
  readonly purse: Purse;
  readonly book: AllowanceBook;
  readonly budgets: BudgetBook;
}

interface Account {
  allowances: Allowance[];
  opening: Promise<void> | undefined;
  notBeforeMs: number;
  lookedAtMs: number;
}

interface Covered extends CoveredBill {
  readonly from: Allowance;
}

/** How long calls draw on one allowance; its lease is longer by what a call may last. */
const drawnOnMs = 60_000;
/** An allowance that nobody uses is given back. */
const idleMs = 3_000;
/** After a budget had no room for an allowance. */
const noRoomMs = 1_000;
/** A budget that was made or lowered meanwhile is found after so long. */
const lookMs = 1_000;
const mostUnbooked = 10_000;
/** Of what is done without waiting for Postgres. */
const done = Promise.resolve();

/**
 * A purse that reserves for many calls at once, so that a call finds its money in this process; docs/money.md. What is left of
 * an allowance counts as reserved for everybody else, so budgets hold as they do with one reservation a call. Where there
 * is no allowance, a call reserves for itself.
 */
export class AllowancePurse implements Purse {
  private readonly accounts = new Map<Tenant, Account>();
  private readonly bills: BillQueue<Covered, Allowance>;
  private readonly sweeping: NodeJS.Timeout;

  constructor(
    private readonly books: Books,
    private readonly terms: AllowanceTerms,
  ) {
    this.bills = new BillQueue(books.book, {
      payerOf: ({ from }: Covered) => from,
      booked: (from) => from.booked(),
      failed: terms.onTrouble,
    });
    this.sweeping = setInterval(
      () => void this.giveBack((each, nowMs) => each.isRetired || each.idleMs(nowMs) >= idleMs),
      1_000,
    );
    this.sweeping.unref();
  }

  reserve(intent: SpendIntent): Promise<ReserveAnswer> {
    const covered = isFirstOfItsJob(intent) ? this.draw(this.accountOf(intent.job.tenant), intent) : undefined;
    return covered ? Promise.resolve(covered) : this.reserveAlone(intent);
  }

  private async reserveAlone(intent: SpendIntent): Promise<ReserveAnswer> {
    if (!isFirstOfItsJob(intent)) {
      // Its budget may be one of the job's own, which knows an earlier attempt from the ledger alone.
      await this.bills.flush();
      return await this.books.purse.reserve(intent);
    }
    const account = this.accountOf(intent.job.tenant);
    // Of those that come together one goes ahead, and the others find an allowance.
    if (account.opening) {
      await account.opening;
      const covered = this.draw(account, intent);
      if (covered) return covered;
    }
    this.openFor(account, intent);
    const answer = await this.books.purse.reserve(intent);
    if (answer.kind === 'reserved' || answer.kind === 'settled') return answer;
    const given = await this.giveBack((_each, _nowMs, tenant) => tenant === intent.job.tenant);
    return given > 0 ? await this.books.purse.reserve(intent) : answer;
  }

  settle(reservation: Reservation, bill: Bill): Promise<void> {
    const from = endOf(reservation);
    if (!from) return this.books.purse.settle(reservation, bill);
    from.end(reservation.most, bill.spent);
    this.bills.add({ allowance: from.reservation, reservation, bill, at: this.terms.clock.now(), from });
    return done;
  }

  release(reservation: Reservation): Promise<void> {
    const from = endOf(reservation);
    if (!from) return this.books.purse.release(reservation);
    from.end(reservation.most, undefined);
    return done;
  }

  /** Books what is not booked yet and gives back what is not needed. */
  async close(): Promise<void> {
    clearInterval(this.sweeping);
    for (const { opening } of this.accounts.values()) await opening;
    await this.bills.flush();
    await this.giveBack(() => true);
  }

  private draw(account: Account, intent: SpendIntent): ReserveAnswer | undefined {
    const { most, leaseMs } = intent;
    const nowMs = this.terms.clock.now().getTime();
    if (this.bills.length >= mostUnbooked) return undefined;
    this.lookAtBudgets(account, intent.job.tenant, nowMs);
    const from = account.allowances.find((each) => each.covers(most, nowMs, leaseMs));
    if (!from) return undefined;
    from.take(most, nowMs);
    if (from.free * 4n < from.reservation.most) this.openFor(account, intent);
    return { kind: 'reserved', reservation: new DrawnReservation(intent, new Date(nowMs + leaseMs), from) };
  }

  /** Stops drawing where a budget has become too small for what is reserved already. */
  private lookAtBudgets(account: Account, tenant: Tenant, nowMs: number): void {
    if (account.allowances.length === 0 || nowMs - account.lookedAtMs < lookMs) return;
    account.lookedAtMs = nowMs;
    void this.books.budgets
      .list(tenant)
      .then((budgets) => {
        if (isOverfull(budgets)) for (const each of account.allowances) each.retire();
      })
      .catch(this.terms.onTrouble);
  }

  private openFor(account: Account, intent: SpendIntent): void {
    if (account.opening || this.terms.clock.now().getTime() < account.notBeforeMs) return;
    account.opening = this.open(account, intent)
      .catch(this.terms.onTrouble)
      .finally(() => (account.opening = undefined));
  }

  private async open(account: Account, intent: SpendIntent): Promise<void> {
    const { clock, most: limit } = this.terms;
    const { tenant } = intent.job;
    account.notBeforeMs = clock.now().getTime() + noRoomMs;
    const amount = allowanceAmount(intent.most, limit, await this.books.budgets.list(tenant));
    if (amount === undefined) return;
    const jobId = newJobId();
    const answer = await this.books.purse.reserve({
      ...intent,
      ...{ job: { tenant, jobId }, idempotencyKey: `allowance/${jobId}`, model: 'several', most: amount },
      credential: undefined,
      leaseMs: intent.leaseMs + drawnOnMs,
    });
    if (answer.kind !== 'reserved') return;
    const nowMs = clock.now().getTime();
    account.allowances.push(new Allowance(answer.reservation, nowMs));
    account.notBeforeMs = nowMs;
  }

  /** @returns how many allowances were given back */
  private async giveBack(isDue: (each: Allowance, nowMs: number, tenant: Tenant) => boolean): Promise<number> {
    const nowMs = this.terms.clock.now().getTime();
    const due = [...this.accounts].flatMap(([tenant, account]) => {
      const leaving = account.allowances.filter((each) => each.isQuiet && isDue(each, nowMs, tenant));
      account.allowances = account.allowances.filter((each) => !leaving.includes(each));
      return leaving;
    });
    // One that cannot be given back now is free when its lease is over.
    await Promise.all(due.map((each) => this.books.purse.release(each.reservation).catch(this.terms.onTrouble)));
    return due.length;
  }

  private accountOf(tenant: Tenant): Account {
    let account = this.accounts.get(tenant);
    if (!account) {
      account = { allowances: [], opening: undefined, notBeforeMs: 0, lookedAtMs: 0 };
      this.accounts.set(tenant, account);
    }
    return account;
  }
}

const isFirstOfItsJob = ({ idempotencyKey, tags, jobLimit }: SpendIntent): boolean =>
  tags.length === 0 && jobLimit === undefined && idempotencyKey.endsWith('/1');
