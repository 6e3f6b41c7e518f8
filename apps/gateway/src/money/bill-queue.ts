import type { AllowanceBook, CoveredBill } from '@waybill/llm-routing';

/** How long a bill waits for company. */
const gatherMs = 20;
const retryMs = 500;
const mostAtOnce = 256;

/** Bills on their way to the book: written in portions, again and again until they are written. */
export class BillQueue<Bill extends CoveredBill> {
  private waiting: Bill[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;

  constructor(
    private readonly book: AllowanceBook,
    private readonly on: { readonly booked: (bill: Bill) => void; readonly failed: (error: unknown) => void },
  ) {}

  get length(): number {
    return this.waiting.length;
  }

  add(bill: Bill): void {
    this.waiting.push(bill);
    this.timer ??= setTimeout(() => void this.flush().catch(() => undefined), gatherMs);
  }

  /** Writes what is there now. @throws StageError when it could not be written; it stays, and is tried again */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.writing) await this.writing;
    while (this.waiting.length > 0) {
      this.writing = this.write(this.waiting.slice(0, mostAtOnce));
      try {
        await this.writing;
      } finally {
        this.writing = undefined;
      }
    }
  }

  private async write(bills: readonly Bill[]): Promise<void> {
    try {
      await this.book.book(bills);
    } catch (error) {
      this.on.failed(error);
      this.timer ??= setTimeout(() => void this.flush().catch(() => undefined), retryMs);
      throw error;
    }
    this.waiting = this.waiting.slice(bills.length);
    for (const bill of bills) this.on.booked(bill);
  }
}
