import { misread, type KindAnswer } from './kind-answer.js';
import { bestLine } from './seen-document.js';

/** `answer`: the line that has most of the question's words, quoted; or that no line has any. */
export const citedAnswer: KindAnswer = {
  properties: ['answer', 'citations', 'reason'],
  answer({ lines, wish, mistaken }) {
    const question = /The question:\n([\s\S]*)$/.exec(wish)?.[1] ?? wish;
    const line = bestLine(question, lines);
    if (!line) return { answer: null, reason: 'No line of these pages has a word of the question.', citations: [] };
    const quote = line.words.slice(0, 30);
    const text = quote.map((word) => word.text).join(' ');
    const cited = mistaken('/answer') ? misread(text) : text;
    return {
      answer: valueOf(text),
      reason: null,
      citations: [{ page: line.page, quote: cited, words: quote.map(({ number }) => number) }],
    };
  },
};

/** What stands behind a label; the whole line where there is none. */
const valueOf = (line: string): string => /^[^:]{2,40}:\s+(\S.*)$/.exec(line)?.[1] ?? line;
