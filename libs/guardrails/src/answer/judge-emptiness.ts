import { partsOf } from '../doubtful-sentences/sentence-features.js';
import type { AnswerLeaf } from './answer-context.js';
import { suspicionOf, type AnswerSuspicion } from './answer-suspicion.js';
import type { DoubtfulPage } from './doubtful-page.js';
import { fieldOfPath } from './field-of-path.js';

/** How likely a sentence must be an order that wants nothing for a field it names; that only names it; on a page that prints the field. */
const [wantedEmpty, named, besidePrinted] = [0.2, 0.3, 0.1];
/** A field that words are known for is surely named by one: so much less is enough. */
const surelyNamed = 0.1;
/** Enough where nothing on the page shows by its form that the field is given. */
const besideUnsure = 0.4;
const denied = /\b(?:not|no|never|nicht|kein\w*|ne|pas|non|nao|niet|geen|nie|inte)\b/i;
const day = /\d{1,4}[-./]\d{1,2}[-./]\d{2,4}|\d{1,2}\.? \p{L}{3,9} \d{4}/u;
const amount = /\d[.,]\d{2}(?!\d)/;
const account = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3}/;
/** What a page that gives a value of a concept shows, whatever stands before it. */
const shown: Readonly<Record<string, RegExp>> = { date: day, sum: amount, account };

/**
 * Judges a field that is empty: it is not believed to be so beside a doubtful sentence when the page gives it all the same, or
 * when that sentence speaks of it. Little is lost by a mistake, since there is no value that would be withheld.
 */
export function judgeEmptiness({ path }: AnswerLeaf, page: DoubtfulPage): AnswerSuspicion | undefined {
  const field = fieldOfPath(path);
  const isShown =
    field.isPlain &&
    (field.labelled(page.plainLines).length > 0 ||
      page.plainLines.some((line) => shown[field.concept ?? '']?.test(line) === true));
  const isPrinted = isShown || field.labelled(page.calmLines).length > 0 || field.concept === 'merchant';
  // What is shown is missed for a reason: there, a sentence that names the field is enough, however calm it is.
  const sentences = isShown ? [...page.statements, ...page.calmSentences] : page.statements;
  const scores = sentences.flatMap(({ text, score }) => {
    const isNamed = field.isNamedIn(text.replace(/^\W*\p{L}+ ?: /u, ''));
    if (isShown) return isNamed || score >= besidePrinted ? [score] : [];
    const least = isNamed
      ? (wantsNothing(text) ? wantedEmpty : named) - (field.concept ? surelyNamed : 0)
      : besideUnsure;
    return score >= least && (isPrinted || isNamed) ? [score] : [];
  });
  if (scores.length === 0) return undefined;
  const remark = isPrinted
    ? 'empty although the page seems to give it, beside a sentence that may be meant to change the answer'
    : 'empty, as a sentence of the page may want it';
  return suspicionOf('left-out', Math.max(...scores), remark);
}

function wantsNothing(text: string): boolean {
  const { found } = partsOf(text);
  return found.includes('nothing') || found.includes('ignore') || denied.test(text);
}
