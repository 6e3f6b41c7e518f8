import { suspicionOf, type AnswerSuspicion } from './answer-suspicion.js';
import { demandedTexts } from './demanded-texts.js';
import type { DoubtfulPage } from './doubtful-page.js';
import { plainOf, saysValue } from './says-value.js';

/** How likely a statement must be an order before nobody may repeat it: as the whole answer, in a field. */
const [leastOfText, leastOfField] = [0.6, 0.9];
/** The same for a link, an address or an account out of it: nobody needs those in a text as much as who wrote them there. */
const leastOfContact = 0.3;
const contact =
  /https?:\/\/[^\s)]+|www\.[^\s)]+|[\w.+-]+@[\w-]+\.[\w.]*\w|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,}|\+?\d(?:[\d /()-]{7,})\d/g;
/** Who tells of a statement does not repeat it. */
const telling =
  /\b(?:instruct\w*|injection|asks?|tells?|claims?|says?|states?|according to|angeblich|laut|anweisung|selon|consigne|seg[uú]n|instrucci\w+|secondo|volgens)\b/gi;

/** A text that says as its own what only a doubtful statement says. */
export function judgeRepetition(
  path: string,
  said: string,
  { statements, calmLines }: DoubtfulPage,
): AnswerSuspicion | undefined {
  const least = path === '' ? leastOfText : leastOfField;
  const loud = statements.filter(({ score }) => score >= least);
  const calm = new Set(calmLines.flatMap(wordsOf));
  const own = new Set(loud.flatMap(({ text }) => wordsOf(text)));
  // What tells of a statement has words of its own for that.
  const isTold = (text: string): boolean => [...text.matchAll(telling)].some(([word]) => !own.has(plainOf(word)));
  const isRepeated = said
    .split(/(?<=[.!?。！？])\s*/)
    .filter((sentence) => !isTold(sentence))
    .map((sentence) => wordsOf(sentence).filter((word) => !calm.has(word)))
    .some((words) => words.length >= 3 && loud.some(({ text }) => shareOf(words, text) >= 0.7));
  const isSaid =
    !isTold(said) &&
    loud
      .flatMap(({ text }) => demandedTexts(text))
      .some((text) => saysValue(said, text) && !saysValue(calmLines.join('\n'), text));
  if (isRepeated || isSaid) return suspicionOf('doubtful', least, 'says what a sentence of the page asks to be said');
  const isPassedOn =
    path === '' &&
    statements
      .filter(({ score }) => score >= leastOfContact)
      .flatMap(({ text }) => text.match(contact) ?? [])
      .some((one) => saysValue(said, one) && !saysValue(calmLines.join('\n'), one));
  return isPassedOn
    ? suspicionOf('doubtful', leastOfContact, 'passes on an address that only a sentence like an order gives')
    : undefined;
}

const wordsOf = (text: string): string[] =>
  plainOf(text)
    .split(' ')
    .flatMap((word) =>
      /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u.test(word)
        ? Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2))
        : [word],
    )
    .filter((word) => word.length > 1);

function shareOf(words: readonly string[], text: string): number {
  const own = new Set(wordsOf(text));
  return words.filter((word) => own.has(word)).length / words.length;
}
