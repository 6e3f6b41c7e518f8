import type { RawWord } from '@waybill/document-layout';

/** Words by the rows of pixels they touch, so that a page of thousands of letters is looked through in no time. */
export class WordsAt {
  readonly #rows = new Map<number, RawWord[]>();

  constructor(words: readonly RawWord[]) {
    for (const word of words) {
      for (let row = rowOf(word.box[1]); row <= rowOf(word.box[3]); row += 1) {
        const found = this.#rows.get(row);
        if (found) found.push(word);
        else this.#rows.set(row, [word]);
      }
    }
  }

  /** Whether a word covers the point. */
  hasAt([x, y]: readonly [x: number, y: number]): boolean {
    const words = this.#rows.get(rowOf(y)) ?? [];
    return words.some(({ box: [x0, y0, x1, y1] }) => x >= x0 && x <= x1 && y >= y0 && y <= y1);
  }
}

const rowOf = (y: number): number => Math.floor(y / 32);
