import type { Box, PageLayout } from '@waybill/contracts';

/** A word of the document under the number that models cite it by. */
export interface NumberedWord {
  readonly number: number;
  readonly page: number;
  /** Index into the words of its page's layout. */
  readonly word: number;
  readonly text: string;
  readonly box: Box;
  readonly confidence: number;
}

/** The words of a document, and the compact text in which a model sees them. */
export interface NumberedWords {
  /** By number, which counts from 0 over all pages. */
  readonly words: readonly NumberedWord[];
  /** Lines in reading order; a number in brackets is that of the word behind it, from which the next ones count on. */
  readonly text: string;
}

export function numberWords(layouts: readonly PageLayout[]): NumberedWords {
  const words: NumberedWord[] = [];
  const pages: string[] = [];
  for (const layout of layouts.toSorted((a, b) => a.page - b.page)) {
    const first = words.length;
    const { page } = layout;
    layout.words.forEach(({ text, box, confidence }, word) =>
      words.push({ number: first + word, page, word, text, box, confidence }),
    );
    const inLines = new Set(layout.lines.flatMap((line) => line.words));
    const loose = layout.words.map((_, word) => word).filter((word) => !inLines.has(word));
    const lines = [...layout.lines.map((line) => line.words), ...(loose.length > 0 ? [loose] : [])];
    pages.push(`== page ${page} ==`, ...lines.map((line) => lineText(line, first, layout)));
  }
  return { words, text: pages.join('\n') };
}

function lineText(line: readonly number[], first: number, { words }: PageLayout): string {
  return line
    .map((word, at) => {
      const text = words[word]?.text ?? '';
      return at > 0 && line[at - 1] === word - 1 ? text : `[${first + word}] ${text}`;
    })
    .join(' ');
}
