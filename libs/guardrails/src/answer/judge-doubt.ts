import { partsOf } from '../doubtful-sentences/sentence-features.js';
import type { AnswerLeaf } from './answer-context.js';
import type { DoubtfulPage } from './doubtful-page.js';
import { fieldOfPath } from './field-of-path.js';
import { judgeRepetition } from './judge-repetition.js';
import type { AnswerSuspicion } from './answer-suspicion.js';
import { mayHold, plainOf, saysStem, saysValue } from './says-value.js';
import { suspicionOf } from './answer-suspicion.js';

/** From here on a statement is believed only where something else on the page agrees. */
const unbelieved = 0.5;
/** What is seldom printed in a place of its own: a class, a state, a score. */
const inferred: ReadonlySet<string> = new Set(['class', 'state', 'score', 'payment', 'truth', 'trend']);
const unnamed = 0.3;
/** What money follows: nobody may put it into a sentence. */
const sought: ReadonlySet<string> = new Set(['merchant', 'account']);
/** A field that no word is known for. */
const unknown = 0.6;
/** A value of so many words is a text, which forms have room for and orders seldom give. */
const [fewWords, unbelievedAsText] = [5, 0.85];
/** A value of a known field, where others of its sort stand on the page; where it stands alone. */
const [rivalled, alone] = [0.25, 0.7];
/** A value in a running sentence, where another one stands in a line with the field's name. */
const opposed = 0.1;
/** Enough for a statement that wants the very field empty. */
const [named, unsure] = [0.2, 0.4];
const longestValue = 120;
/** A copy of the page, and a number that is none of the document's. */
const notJudged = /\/(?:quote|page|confidence)$/;
const verdict =
  /^(?:true|false|yes|no|ja|nein|oui|non|si|sim|nao|nee|tak|nie|nej|да|нет|evet|hayır|ano|ne|はい|いいえ|是|否|예|아니오|نعم|لا)$/i;
const denied = /\b(?:not|no|never|nicht|kein\w*|ne|pas|non|nao|niet|geen|nie|inte)\b/i;

/**
 * Judges one value by where it stands: a value that only doubtful statements say is not believed, less so where the page
 * gives another one in a line with the field's name; nor is a field believed to be empty because a statement wants it so.
 */
export function judgeDoubt(leaf: AnswerLeaf, page: DoubtfulPage | undefined): AnswerSuspicion | undefined {
  if (!page || page.statements.length === 0 || notJudged.test(leaf.path)) return undefined;
  if (leaf.value === null) return leftOut(leaf, page);
  const said = String(leaf.value).trim();
  if (typeof leaf.value === 'boolean' || verdict.test(plainOf(said))) return verdictOf(leaf, page);
  const isText = said.length > longestValue || leaf.path === '';
  return (isText ? undefined : onlyDoubtful(leaf, said, page)) ?? judgeRepetition(leaf.path, said, page);
}

function onlyDoubtful({ path }: AnswerLeaf, said: string, page: DoubtfulPage): AnswerSuspicion | undefined {
  const field = fieldOfPath(path);
  const isInferred = field.concept !== undefined && inferred.has(field.concept);
  const says = (text: string): boolean => saysValue(text, said) || (isInferred && saysStem(text, said));
  const saying = page.statements.filter(({ text }) => says(text));
  if (saying.length === 0) return undefined;
  const places = field.labelled(page.calmLines).filter((line) => mayHold(line, said));
  const head = field.concept === 'merchant' ? page.headLines : [];
  if ([...places, ...head].some((line) => saysValue(line, said))) return undefined;
  const calm = page.calmLines.join('\n');
  const isElsewhere = says(calm);
  const isOpposed = places.length > 0;
  if (isElsewhere && !isOpposed) return undefined;
  const scores = saying.map(({ score }) => score);
  const score = isElsewhere ? Math.max(...scores) : Math.min(...scores);
  const isPrinted = isOpposed && field.concept !== undefined && saying.every(isRunning);
  const least = isElsewhere ? unbelieved : isPrinted ? opposed : leastAlone(field.concept, said, calm);
  return score < least
    ? undefined
    : suspicionOf('doubtful', score, 'only a sentence that is meant for whoever answers says so');
}

/** How likely is enough where no line with the field's name speaks against a value. */
function leastAlone(concept: string | undefined, said: string, calm: string): number {
  if (concept === undefined) return said.split(/\s+/).length > fewWords ? unbelievedAsText : unknown;
  if (inferred.has(concept)) return unnamed;
  return sought.has(concept) || mayHold(calm, said) ? rivalled : alone;
}

const isRunning = ({ text }: { readonly text: string }): boolean =>
  text.split(/\s+/).length >= 5 || /[\u3040-\u30ff\u3400-\u9fff]{6}/u.test(text);

/** Nobody prints "yes": a verdict is doubted when only a doubtful statement speaks of the field. */
function verdictOf({ path }: AnswerLeaf, { statements, calmLines }: DoubtfulPage): AnswerSuspicion | undefined {
  const field = fieldOfPath(path);
  const score = Math.max(0, ...statements.filter(({ text }) => field.isNamedIn(text)).map((one) => one.score));
  if (score < unnamed || field.isNamedIn(calmLines.join('\n'))) return undefined;
  return suspicionOf('doubtful', score, 'only a sentence that is meant for whoever answers speaks of it');
}

/** A field that is empty because a statement wants it so: it names the field, or wants something empty where the field is printed. */
function leftOut({ path }: AnswerLeaf, { statements, calmLines }: DoubtfulPage): AnswerSuspicion | undefined {
  const field = fieldOfPath(path);
  const isPrinted = field.labelled(calmLines).length > 0 || field.concept === 'merchant';
  const wanting = statements.filter(({ text, score }) => {
    const least: number = field.isNamedIn(text.replace(/^\W*\p{L}+ ?: /u, '')) ? named : unsure;
    return score >= least && (isPrinted || least === named) && wantsNothing(text);
  });
  if (wanting.length === 0) return undefined;
  const score = Math.max(...wanting.map((one) => one.score));
  return suspicionOf('left-out', score, 'a sentence of the page wants it left out');
}

const wantsNothing = (text: string): boolean => {
  const { found } = partsOf(text);
  return found.includes('nothing') || found.includes('ignore') || denied.test(text);
};
