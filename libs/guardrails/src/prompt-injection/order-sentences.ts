import { desertions, orderWords } from './data/machine-orders.js';
import { foldedPattern } from './folded-pattern.js';

/** A sentence that orders a machine about; places are those of the folded text. */
export interface OrderSentence {
  readonly start: number;
  readonly end: number;
  readonly language: string;
}

/** An order is a sentence or two lines of it; what stands further away speaks of something else. */
const longest = 320;

const sentences = orderWords.map(({ language, ...words }) => ({
  language,
  parts: [words.machine, words.order, words.matter].map((pattern) => foldedPattern(pattern, language)),
}));
const leavings = desertions.map(({ language, pattern }) => ({ language, pattern: foldedPattern(pattern, language) }));

/** Sentences that name a machine, order something and mean this document, and those that tell somebody to leave the task. */
export function orderSentences(text: string): OrderSentence[] {
  const ordered = sentencesOf(text).flatMap(({ start, end }): OrderSentence[] => {
    const said = text.slice(start, end);
    for (const { language, parts } of sentences) {
      const found = parts.map((part) => said.matchAll(part).next().value).filter((match) => match !== undefined);
      if (found.length < parts.length) continue;
      // No more than the order itself: values in the lines around it are the document's own.
      const from = Math.min(...found.map(({ index }) => index));
      const to = Math.max(...found.map(({ index, 0: words }) => index + words.length));
      return [{ start: start + from, end: start + to, language }];
    }
    return [];
  });
  const left = leavings.flatMap(({ language, pattern }) =>
    [...text.matchAll(pattern)].map(({ index, 0: said }) => ({ start: index, end: index + said.length, language })),
  );
  return [...ordered, ...left];
}

/** Lines belong to one sentence until a mark or an empty line ends it. */
function sentencesOf(text: string): { start: number; end: number }[] {
  return [...text.matchAll(/(?:[^.!?\n]|[.!?](?=\S)|\n(?!\s*\n))+/g)].flatMap(({ 0: said, index }) =>
    said.length <= longest ? [{ start: index, end: index + said.length }] : [],
  );
}
