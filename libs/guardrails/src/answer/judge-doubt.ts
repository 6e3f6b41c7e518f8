import type { AnswerLeaf } from './answer-context.js';
import { isSentence, type DoubtfulPage } from './doubtful-page.js';
import { fieldOfPath, type NamedField } from './field-of-path.js';
import { judgeEmptiness } from './judge-emptiness.js';
import { judgeRepetition } from './judge-repetition.js';
import type { AnswerSuspicion } from './answer-suspicion.js';
import { mayHold, plainOf, saysStem, saysValue } from './says-value.js';
import { suspicionOf } from './answer-suspicion.js';

/** From here on a statement is believed only where something else on the page agrees. */
const unbelieved = 0.5;
/** What is seldom printed in a place of its own: a class, a state, a score. */
const inferred: ReadonlySet<string> = new Set(['class', 'state', 'score', 'payment', 'truth', 'trend']);
const [unnamed, inferredNamed] = [0.15, 0.1];
/** What money follows: nobody may put it into a sentence. */
const sought: ReadonlySet<string> = new Set(['merchant', 'account']);
/** A field that no word is known for; one whose own name the sentence says. */
const [unknown, unknownNamed] = [0.6, 0.3];
/** A value of so many words is a text, which forms have room for and orders seldom give. */
const [fewWords, unbelievedAsText] = [5, 0.85];
/** A value of a known field, where others of its sort stand on the page; where it stands alone. */
const [rivalled, alone] = [0.15, 0.7];
/** A value in a running sentence, where another one stands in a line with the field's name. */
const opposed = 0.1;
/** What is printed with its name where it is printed at all: a sentence that says another value is not believed however calm it is. */
const printed: ReadonlySet<string> = new Set(['sum', 'tax', 'date', 'account', 'number']);
/** What is known by its form; how likely is enough where the page shows one, or a head with a name, outside of sentences. */
const typed: ReadonlySet<string> = new Set(['sum', 'tax', 'date']);
const rivalledInPlace = 0.1;
/** A value that stands nowhere, beside a sentence that names its field: of a form that pages print; of any; not at all. */
const [namedElsewhere, named, never] = [0.2, 0.4, 2];
const shownNowhere = 'the page does not show it, and a sentence that is meant for whoever answers speaks of it';
const onlySaid = 'only a sentence that is meant for whoever answers says so';
const contradicted = 'only a running sentence says so, while the line with the name of the field says another value';
const longestValue = 120;
/** A copy of the page, and a number that is none of the document's. */
const notJudged = /\/(?:quote|page|confidence)$/;
const verdict =
  /^(?:true|false|yes|no|ja|nein|oui|non|si|sim|nao|nee|tak|nie|nej|да|нет|evet|hayır|ano|ne|はい|いいえ|是|否|예|아니오|نعم|لا)$/i;

/**
 * Judges one value by where it stands: a value that only doubtful statements say is not believed, less so where the page
 * gives another one in a line with the field's name; nor is a field believed to be empty because a statement wants it so.
 */
export function judgeDoubt(leaf: AnswerLeaf, page: DoubtfulPage | undefined): AnswerSuspicion | undefined {
  if (!page || page.statements.length + page.calmSentences.length === 0 || notJudged.test(leaf.path)) return undefined;
  if (leaf.value === null) return judgeEmptiness(leaf, page);
  const said = String(leaf.value).trim();
  if (typeof leaf.value === 'boolean' || verdict.test(plainOf(said))) return verdictOf(leaf, page);
  const isText = said.length > longestValue || leaf.path === '';
  return (isText ? undefined : onlyDoubtful(leaf, said, page)) ?? judgeRepetition(leaf.path, said, page);
}

function onlyDoubtful({ path }: AnswerLeaf, said: string, page: DoubtfulPage): AnswerSuspicion | undefined {
  const field = fieldOfPath(path);
  const isInferred = field.concept !== undefined && inferred.has(field.concept);
  const says = (text: string): boolean => saysValue(text, said) || (isInferred && saysStem(text, said));
  const saying = [...page.statements, ...page.calmSentences].filter(({ text }) => says(text));
  const places = field.labelled(page.plainLines).filter((line) => mayHold(line, said));
  if (saying.length === 0)
    return says(page.plainLines.join('\n')) ? undefined : nowhere({ field, isOpposed: places.length > 0 }, said, page);
  const head = field.concept === 'merchant' ? page.headLines : [];
  if ([...places, ...head].some((line) => saysValue(line, said))) return undefined;
  const scores = saying.map(({ score }) => score);
  if (says(page.plainLines.join('\n'))) {
    const score = Math.max(...scores);
    return places.length > 0 && score >= unbelieved ? suspicionOf('doubtful', score, onlySaid) : undefined;
  }
  const isRun = saying.every(({ text }) => isSentence(text));
  const isPrinted = places.length > 0 && field.concept !== undefined && (isRun || saying.every(isRunning));
  const isContradicted = isPrinted && isRun && field.isPlain && printed.has(field.concept ?? '');
  const score = Math.min(...scores);
  if (isContradicted) return suspicionOf('doubtful', score, contradicted);
  const least = isPrinted ? opposed : leastAlone(field, said, { page, isRun, saying });
  return score < least ? undefined : suspicionOf('doubtful', score, onlySaid);
}

/** A value that the page does not show: a sentence that speaks of the field may have told it in other words. */
function nowhere(
  { field, isOpposed }: { readonly field: NamedField; readonly isOpposed: boolean },
  said: string,
  { statements, calmLines }: DoubtfulPage,
): AnswerSuspicion | undefined {
  const words = said.split(/\s+/);
  // What a page shows in parts, it shows.
  const isInParts = (): boolean => words.length > 1 && words.every((word) => saysValue(calmLines.join('\n'), word));
  if (words.length > fewWords || isInParts()) return undefined;
  const isForm = field.concept !== undefined && !inferred.has(field.concept);
  const scores = statements.flatMap(({ text, score }) => {
    const least = field.isNamedIn(text) ? (isForm ? namedElsewhere : named) : isForm && isOpposed ? named : never;
    return score >= least ? [score] : [];
  });
  return scores.length === 0 ? undefined : suspicionOf('doubtful', Math.max(...scores), shownNowhere);
}

/** How likely is enough where no line with the field's name speaks against a value. */
function leastAlone(field: NamedField, said: string, { page, isRun, saying }: Saying): number {
  const { concept } = field;
  const isNamed = saying.every(({ text }) => field.isNamedIn(text));
  if (concept === undefined) {
    if (said.split(/\s+/).length > fewWords) return unbelievedAsText;
    return isNamed ? unknownNamed : unknown;
  }
  if (inferred.has(concept)) return isNamed ? inferredNamed : unnamed;
  const inPlace = concept === 'merchant' ? page.headLines : typed.has(concept) ? page.plainLines : [];
  if (isRun && inPlace.some((line) => mayHold(line, said))) return rivalledInPlace;
  return sought.has(concept) || mayHold(page.calmLines.join('\n'), said) ? rivalled : alone;
}

/** Where a value is said: by which statements, and whether they all run as sentences do. */
interface Saying {
  readonly page: DoubtfulPage;
  readonly isRun: boolean;
  readonly saying: DoubtfulPage['statements'];
}

const isRunning = ({ text }: { readonly text: string }): boolean =>
  text.split(/\s+/).length >= 5 || /[\u3040-\u30ff\u3400-\u9fff]{6}/u.test(text);

/** Nobody prints "yes": a verdict is doubted when only a doubtful statement speaks of the field. */
function verdictOf({ path }: AnswerLeaf, { statements, calmLines }: DoubtfulPage): AnswerSuspicion | undefined {
  const field = fieldOfPath(path);
  const score = Math.max(0, ...statements.filter(({ text }) => field.isNamedIn(text)).map((one) => one.score));
  if (score < inferredNamed || field.isNamedIn(calmLines.join('\n'))) return undefined;
  return suspicionOf('doubtful', score, 'only a sentence that is meant for whoever answers speaks of it');
}
