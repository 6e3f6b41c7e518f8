import type { AllowanceBook, CoveredBill } from '@waybill/llm-routing';
import { PortionQueue } from '../portions/portion-queue.js';

const retryMs = 500;

/** A bill as it will be booked, and who wants to hear of it. */
interface Line<Payer> {
  readonly text: string;
  readonly payer: Payer;
}

/**
 * Bills on their way to the book: written in portions, again and again until they are written. They wait for that as text:
 * whatever else a call has left behind would live as long as they do.
 */
export class BillQueue<Bill extends CoveredBill, Payer> {
  private readonly portions: PortionQueue<Bill, Line<Payer>>;

  constructor(
    book: AllowanceBook,
    on: {
      readonly payerOf: (bill: Bill) => Payer;
      readonly booked: (payer: Payer) => void;
      readonly failed: (error: unknown) => void;
    },
  ) {
    this.portions = new PortionQueue({
      made: (bill) => ({ text: book.written(bill), payer: on.payerOf(bill) }),
      write: async (lines) => {
        await book.book(lines.map(({ text }) => text));
        for (const { payer } of lines) on.booked(payer);
      },
      onTrouble: on.failed,
      retryMs,
    });
  }

  get length(): number {
    return this.portions.length;
  }

  add(bill: Bill): void {
    this.portions.add(bill);
  }

  /** Writes what is there now. @throws StageError when it could not be written; it stays, and is tried again */
  flush(): Promise<void> {
    return this.portions.flush();
  }
}
