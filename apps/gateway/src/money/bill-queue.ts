import type { AllowanceBook, CoveredBill } from '@waybill/llm-routing';

/** How long a bill waits for company. */
const gatherMs = 20;
const retryMs = 500;
const mostAtOnce = 256;

/** A bill as it will be booked, and who wants to hear of it. */
interface Line<Bill> {
  readonly text: string;
  readonly payer: Bill;
}

/**
 * Bills on their way to the book: written in portions, again and again until they are written. They wait as text: whatever
 * else a call has left behind would live as long as they do.
 */
export class BillQueue<Bill extends CoveredBill, Payer> {
  private fresh: Bill[] = [];
  private waiting: Line<Payer>[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;

  constructor(
    private readonly book: AllowanceBook,
    private readonly on: {
      readonly payerOf: (bill: Bill) => Payer;
      readonly booked: (payer: Payer) => void;
      readonly failed: (error: unknown) => void;
    },
  ) {}

  get length(): number {
    return this.fresh.length + this.waiting.length;
  }

  add(bill: Bill): void {
    // Answers that came in the same moment go out first.
    if (this.fresh.length === 0) setImmediate(() => this.writeOut());
    this.fresh.push(bill);
    this.timer ??= setTimeout(() => void this.flush().catch(() => undefined), gatherMs);
  }

  /** Writes what is there now. @throws StageError when it could not be written; it stays, and is tried again */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.writing) await this.writing;
    this.writeOut();
    while (this.waiting.length > 0) {
      this.writing = this.write(this.waiting.slice(0, mostAtOnce));
      try {
        await this.writing;
      } finally {
        this.writing = undefined;
      }
    }
  }

  private writeOut(): void {
    for (const bill of this.fresh) this.waiting.push({ text: this.book.written(bill), payer: this.on.payerOf(bill) });
    this.fresh = [];
  }

  private async write(lines: readonly Line<Payer>[]): Promise<void> {
    try {
      await this.book.book(lines.map(({ text }) => text));
    } catch (error) {
      this.on.failed(error);
      this.timer ??= setTimeout(() => void this.flush().catch(() => undefined), retryMs);
      throw error;
    }
    this.waiting = this.waiting.slice(lines.length);
    for (const { payer } of lines) this.on.booked(payer);
  }
}
