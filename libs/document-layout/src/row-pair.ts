import type { Row } from './gather-rows.js';
import type { PlacedWord } from './upright-page.js';

/** Some words, and their text where it is less than the words say (a label and its value may share a word). */
export interface PhraseDraft {
  readonly text: string;
  readonly words: readonly PlacedWord[];
}

export interface RowPair {
  readonly key: PhraseDraft;
  readonly value: PhraseDraft;
  /** How sure the pattern is, 0..1, before the words' own confidence. */
  readonly certainty: number;
  /** The rows that the pair stands in. */
  readonly rows: readonly Row[];
}
