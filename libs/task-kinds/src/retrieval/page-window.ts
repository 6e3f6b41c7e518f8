import type { ReadPage } from '@waybill/llm-routing';
import { choosePages } from './choose-pages.js';

/** What is shown of a document at first, and how much more when that was not enough. */
const [firstTokens, timesMore] = [12_000, 4];

/** The pages of a long document that a question is shown, which can be widened once. */
export class PageWindow {
  private chosen: readonly ReadPage[];
  private isWide = false;

  constructor(
    private readonly question: string,
    private readonly all: readonly ReadPage[],
  ) {
    this.chosen = choosePages(question, all, firstTokens);
  }

  get pages(): readonly ReadPage[] {
    return this.chosen;
  }

  get pageNumbers(): number[] {
    return this.chosen.map(({ read }) => read.page);
  }

  /** What a model has to know about pages that it does not see; empty when it sees them all. */
  get remark(): string {
    const { length } = this.chosen;
    return length < this.all.length
      ? `These are the ${length} of ${this.all.length} pages that match best; the others are not shown.`
      : '';
  }

  /** @returns whether there are more pages to be seen now */
  widen(): boolean {
    if (this.isWide || this.chosen.length === this.all.length) return false;
    this.isWide = true;
    const before = this.chosen.length;
    this.chosen = choosePages(this.question, this.all, firstTokens * timesMore);
    return this.chosen.length > before;
  }
}
