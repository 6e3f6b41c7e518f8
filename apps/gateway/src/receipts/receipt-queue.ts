import type { ChatNote, ChatReceiptBook, NotedChoice } from '@waybill/llm-routing';
import { PortionQueue } from '../portions/portion-queue.js';
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

const retryMs = 1_000;
const mostWaiting = 10_000;
/** How many come in before it is looked whether too many wait. */
const lookEvery = 256;

/** Receipts on their way to the book: made when the answers of their moment have gone out, written in portions. */
export class ReceiptQueue {
  private readonly portions: PortionQueue<EndedChat, ChatNote>;
  private lost = 0;
  private added = 0;

  constructor(
    book: Pick<ChatReceiptBook, 'keep'>,
    private readonly terms: ReceiptTerms,
  ) {
    const { choiceOf, onTrouble } = terms;
    this.portions = new PortionQueue({
      made: (chat) => chat.note(choiceOf),
      write: async (notes) => {
        await book.keep(notes);
        this.tellLost();
      },
      onTrouble,
      retryMs,
    });
  }

  /** Takes a moment, and waits for nothing. */
  add(chat: EndedChat): void {
    this.portions.add(chat);
    this.added += 1;
    if (this.added % lookEvery === 0 && this.portions.length > mostWaiting) this.lose(mostWaiting);
  }

  /** Writes what is there once, and gives up what cannot be written. */
  async close(): Promise<void> {
    this.lose(mostWaiting);
    await this.portions.flush().catch(() => undefined);
    this.portions.stop();
    this.lose(0);
    this.tellLost();
  }

  private lose(allBut: number): void {
    this.lost += this.portions.keepNewest(allBut);
  }

  private tellLost(): void {
    if (this.lost > 0) this.terms.onLost(this.lost);
    this.lost = 0;
  }
}
