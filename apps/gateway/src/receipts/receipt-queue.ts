import type { ChatNote, ChatReceiptBook, NotedChoice } from '@waybill/llm-routing';
import type { ChosenRoute } from '../routing/choose-chat-model.js';

/** A chat that has ended, as its receipt is made of it. */
export interface EndedChat {
  note(choiceOf: ChoiceOf): ChatNote;
}

/** What is told of a choice. */
export type ChoiceOf = (route: ChosenRoute) => NotedChoice;

export interface ReceiptTerms {
  readonly choiceOf: ChoiceOf;
  readonly onTrouble: (error: unknown) => void;
  /** Receipts were left out because they could not be written for too long. */
  readonly onLost: (count: number) => void;
}

/** How long a receipt waits for company. */
const gatherMs = 100;
const retryMs = 1_000;
const mostAtOnce = 256;
const mostWaiting = 10_000;

/** Receipts on their way to the book: made when the answers of their moment have gone out, written in portions. */
export class ReceiptQueue {
  private fresh: EndedChat[] = [];
  private waiting: ChatNote[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private lost = 0;

  constructor(
    private readonly book: Pick<ChatReceiptBook, 'keep'>,
    private readonly terms: ReceiptTerms,
  ) {}

  /** Takes a moment, and waits for nothing. */
  add(chat: EndedChat): void {
    if (this.fresh.length === 0) setImmediate(() => this.make());
    this.fresh.push(chat);
    this.soon(gatherMs);
  }

  /** Writes what is there once, and gives up what cannot be written. */
  async close(): Promise<void> {
    await this.flush();
    clearTimeout(this.timer);
    this.timer = undefined;
    this.lose(this.waiting.length);
    this.tellLost();
  }

  private soon(inMs: number): void {
    this.timer ??= setTimeout(() => void this.flush(), inMs);
  }

  private make(): void {
    const { choiceOf } = this.terms;
    for (const chat of this.fresh) this.waiting.push(chat.note(choiceOf));
    this.fresh = [];
    this.lose(this.waiting.length - mostWaiting);
  }

  private lose(count: number): void {
    if (count <= 0) return;
    this.waiting = this.waiting.slice(count);
    this.lost += count;
  }

  private async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.writing) await this.writing;
    this.make();
    this.writing = this.write().finally(() => (this.writing = undefined));
    await this.writing;
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const portion = this.waiting.slice(0, mostAtOnce);
      this.waiting = this.waiting.slice(portion.length);
      try {
        await this.book.keep(portion);
      } catch (error) {
        this.waiting = [...portion, ...this.waiting];
        this.terms.onTrouble(error);
        this.soon(retryMs);
        return;
      }
    }
    this.tellLost();
  }

  private tellLost(): void {
    if (this.lost > 0) this.terms.onLost(this.lost);
    this.lost = 0;
  }
}
