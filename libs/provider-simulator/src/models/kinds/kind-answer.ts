import type { SeenLine } from './seen-document.js';

/** What is put before a simulated model about a document. */
export interface KindPrompt {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly lines: readonly SeenLine[];
  /** What is said behind the document. */
  readonly wish: string;
  /** Decides for each part of the answer whether the model errs there. */
  readonly mistaken: (part: string) => boolean;
}

/** How one kind of task is answered: known by the properties that its schema asks for. */
export interface KindAnswer {
  /** Names of the schema's properties, in alphabetical order. */
  readonly properties: readonly string[];
  answer(prompt: KindPrompt): object;
}

/** A text as somebody reads it who does not look closely. */
export const misread = (text: string): string =>
  text
    .split(' ')
    .map((word) => (word.length > 1 ? `${word.slice(1)}${word[0] ?? ''}` : word))
    .join(' ');
