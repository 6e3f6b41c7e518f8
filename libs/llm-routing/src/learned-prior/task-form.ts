import { quantityFigureNames, quantityFigures } from './quantity-figures.js';
import { splitQuestion } from './split-question.js';

/**
 * How a prompt is built, whatever it is about: what a router can still go by when it has never seen the topic. Shares are
 * 0..1, lengths and counts are logarithms of one more than the number.
 */
export const taskFormNames = [
  'length',
  'sentences',
  'words a sentence',
  'numbers',
  'symbols',
  'separators',
  'numbered statements',
  'calculation',
  'negation',
  'true or false',
  'asks which',
  'asks what',
  'asks who',
  'options',
  'length of options',
  'likeness of options',
  'options repeat the question',
  'options are numbers',
  'options are single words',
  'options negate',
  'options with commas',
  ...quantityFigureNames,
] as const;

/** As many of the figures tell a kind of task from another; those after them are quantities, which differ within one. */
export const buildFigures = taskFormNames.length - quantityFigureNames.length;

const functionWords = new Set(
  (
    'the a an of to in and is are was were be been for on with that this it as by at from or which who what when where why ' +
    'how he she they his her their its not no i you we my your have has had do does did will would can could should may ' +
    'might if than then there these those'
  ).split(' '),
);

/** Of a longer prompt the beginning is looked at, so that the time it takes has an end. */
const mostCharacters = 6_000;
const mostNumberCharacters = 40;
const numericOption = /^[^A-Za-z]*\d[^A-Za-z]*[A-Za-z%]{0,6}$/;
const statements = /statement|scenario 1|premise|argument/;
const calculation =
  /\b(?:calculate|how many|how much|find the|solve|compute|what is the (?:value|sum|probability|total|area|product|number)|average|approximately|probability|percent|evaluate|ratio|rate)\b/;
const negation = /\b(?:not|except|least|false|incorrect|never|unlikely|cannot)\b/;
const trueOrFalse = /\b(?:true|false)\b/;

/** Where answers are given to choose from, quantities tell the subject more than the difficulty: they are not looked at. */
const noQuantities = quantityFigureNames.map(() => 0);

/** The figures of `taskFormNames`, in their order. */
export function taskForm(prompt: string): Float64Array {
  const text = prompt.slice(0, mostCharacters);
  const { question, options } = splitQuestion(text);
  const asked = question.toLowerCase();
  const says = (pattern: RegExp): number => (pattern.test(asked) ? 1 : 0);
  const words = countOf(asked, /[a-z]+/g);
  const sentences = countOf(question, /[.!?](?:\s|$)/g);
  const share = (matches: (option: string) => boolean): number => meanOf(options.map((option) => +matches(option)));
  return Float64Array.of(
    Math.log1p(prompt.length),
    Math.log1p(sentences),
    words / Math.max(1, sentences),
    Math.log1p(countOf(question, /\d+(?:[.,]\d+)*/g)),
    countOf(text, /[=+^*/<>√∫∑π°²³×÷−{}[\]\\$%]/g) / Math.max(1, text.length),
    question.includes('|') ? 1 : 0,
    says(statements),
    says(calculation),
    says(negation),
    trueOrFalse.test(text.toLowerCase()) ? 1 : 0,
    says(/\bwhich\b/),
    says(/\bwhat\b/),
    says(/\bwho\b/),
    options.length,
    Math.log1p(meanOf(options.map(({ length }) => length))),
    ...likeness(asked, options),
    share((option) => option.length <= mostNumberCharacters && numericOption.test(option.trim())),
    share((option) => !/\s/.test(option.trim())),
    share((option) => /\b(?:not|no|never)\b/i.test(option)),
    share((option) => option.includes(',')),
    ...(options.length > 0 ? noQuantities : quantityFigures(text)),
  );
}

/** How much the options share with one another (Jaccard), and with the question (of their content words). */
function likeness(asked: string, options: readonly string[]): [number, number] {
  const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/[a-z]+|\d+/g));
  const sets = options.map(wordsOf);
  const inQuestion = wordsOf(asked);
  const pairs = sets.flatMap((one, index) => sets.slice(index + 1).map((other) => jaccard(one, other)));
  const repeated = sets.map((set) => {
    const content = [...set].filter((word) => !functionWords.has(word));
    return content.filter((word) => inQuestion.has(word)).length / Math.max(1, content.length);
  });
  return [meanOf(pairs), meanOf(repeated)];
}

function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let both = 0;
  for (const word of one) if (other.has(word)) both += 1;
  return both / Math.max(1, one.size + other.size - both);
}

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

const meanOf = (numbers: readonly number[]): number =>
  numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
