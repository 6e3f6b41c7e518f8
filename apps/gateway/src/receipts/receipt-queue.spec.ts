import { describe, expect, it } from '@jest/globals';
import type { ChatNote, NotedChoice } from '@waybill/llm-routing';
import { ReceiptQueue } from './receipt-queue.js';

const noteOf = (number: number) => ({ chatId: `chat-${number}` }) as unknown as ChatNote;

/** A book that refuses as long as it is said to, and tells when it has written so many. */
class Book {
  readonly kept: string[] = [];
  readonly portions: number[] = [];
  isAway = false;
  private readonly waiting: (() => void)[] = [];

  async keep(notes: readonly ChatNote[]): Promise<void> {
    if (this.isAway) throw new Error('away');
    this.portions.push(notes.length);
    this.kept.push(...notes.map(({ chatId }) => chatId));
    for (const tell of this.waiting) tell();
  }

  async until(count: number): Promise<void> {
    while (this.kept.length < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}

function queueFor(book: Book) {
  const told = { troubles: 0, lost: [] as number[] };
  let failed = (): void => undefined;
  const troubled = new Promise<void>((resolve) => (failed = resolve));
  const queue = new ReceiptQueue(book, {
    choiceOf: () => ({}) as NotedChoice,
    onTrouble: () => {
      told.troubles += 1;
      failed();
    },
    onLost: (count) => told.lost.push(count),
  });
  return { queue, told, troubled };
}

describe('ReceiptQueue', () => {
  it('writes many together, in portions, each once', async () => {
    const book = new Book();
    const { queue } = queueFor(book);
    for (let number = 0; number < 600; number += 1) queue.add({ note: () => noteOf(number) });
    expect(book.kept).toEqual([]);
    await book.until(600);
    expect(book.portions).toEqual([256, 256, 88]);
    expect(new Set(book.kept).size).toBe(600);
    await queue.close();
  });

  it('keeps what cannot be written, the newest of it, and says how many were left out', async () => {
    const book = new Book();
    book.isAway = true;
    const { queue, told, troubled } = queueFor(book);
    for (let number = 0; number < 10_007; number += 1) queue.add({ note: () => noteOf(number) });
    await troubled;
    book.isAway = false;
    await queue.close();
    expect(book.kept).toHaveLength(10_000);
    expect(book.kept[0]).toBe('chat-7');
    expect(told.lost).toEqual([7]);
  });

  it('gives up at its end what still cannot be written', async () => {
    const book = new Book();
    book.isAway = true;
    const { queue, told } = queueFor(book);
    queue.add({ note: () => noteOf(1) });
    await queue.close();
    expect([book.kept, told.troubles]).toEqual([[], 1]);
    expect(told.lost).toEqual([1]);
  });
});
