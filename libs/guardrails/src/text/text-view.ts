import type { Box, PageLayout } from '@waybill/contracts';

/** A stretch of a view that comes from one word of a page. */
interface WordStretch {
  readonly start: number;
  readonly end: number;
  readonly word: number;
}

/** The words under a span, by index, with their boxes. */
export interface SpanWords {
  readonly words: readonly number[];
  readonly boxes: readonly Box[];
}

/**
 * A text in which patterns are looked for. Words of a line stand with one space between them, lines with a line break, so
 * that a value that was cut into several words is one stretch of text. Spans lead back to words and boxes.
 */
export class TextView {
  private constructor(
    readonly text: string,
    private readonly stretches: readonly WordStretch[],
    private readonly layout: PageLayout | undefined,
  ) {}

  static ofText(text: string): TextView {
    return new TextView(text, [], undefined);
  }

  static ofLayout(layout: PageLayout): TextView {
    const inLines = new Set(layout.lines.flatMap(({ words }) => words));
    const loose = layout.words.map((_, word) => word).filter((word) => !inLines.has(word));
    return TextView.ofWords(layout, [...layout.lines.map(({ words }) => words), ...loose.map((word) => [word])]);
  }

  /** Words of a page in another order than its lines have: a line for each group. */
  static ofWords(layout: PageLayout, lines: readonly (readonly number[])[]): TextView {
    const stretches: WordStretch[] = [];
    let text = '';
    for (const line of lines) {
      for (const word of line) {
        const said = layout.words[word]?.text ?? '';
        stretches.push({ start: text.length, end: text.length + said.length, word });
        text += `${said} `;
      }
      text = `${text.slice(0, -1)}\n`;
    }
    return new TextView(text, stretches, layout);
  }

  /** Where these words stand, neighbours as one span. */
  spansOf(words: readonly number[]): { readonly start: number; readonly end: number }[] {
    const wanted = new Set(words);
    const spans: { start: number; end: number }[] = [];
    let isNext = false;
    for (const { word, start, end } of this.stretches) {
      const last = spans.at(-1);
      if (!wanted.has(word)) isNext = false;
      else if (isNext && last) last.end = end;
      else {
        spans.push({ start, end });
        isNext = true;
      }
    }
    return spans;
  }

  /** The words that the span touches, in the order of the text. */
  wordsOf({ start, end }: { readonly start: number; readonly end: number }): SpanWords {
    const words = this.stretches
      .filter((stretch) => stretch.start < end && stretch.end > start)
      .map(({ word }) => word);
    const boxes = words.map((word) => this.layout?.words[word]?.box).filter((box) => box !== undefined);
    return { words, boxes };
  }
}
