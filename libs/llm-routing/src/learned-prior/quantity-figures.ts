import { askingWords, quantityWords } from './quantity-words.js';

const groups = Object.keys(quantityWords) as (keyof typeof quantityWords)[];

/** What a prompt says of quantities: of each group of `quantityWords` how many, and of the numbers themselves. */
export const quantityFigureNames = [
  ...groups,
  'quantities',
  'decimals',
  'greatest number',
  'distinct numbers',
  'distinct words',
  'words',
  'words of the question',
  'numbers of the question',
  'asks for money',
  'names',
  'number after how',
  'number after what is asked',
  'asks for cents',
] as const;

const groupsOfWord = new Map<string, number[]>();
for (const [group, name] of groups.entries()) {
  for (const word of quantityWords[name].split(' ')) groupsOfWord.set(word, [...(groupsOfWord.get(word) ?? []), group]);
}
const [numberWords, fractions, multiples, money] = [
  groups.indexOf('number words'),
  groups.indexOf('fractions'),
  groups.indexOf('multiples'),
  groups.indexOf('money'),
];
const how: ReadonlySet<string> = new Set(['how']);
const asking: ReadonlySet<string> = new Set(askingWords.split(' '));

const token = /[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*|[^\sa-z\d]/g;
const asksForMoney = /\b(?:much|money|cost|pay|spend|earn|dollars|price|profit)\b/;
const nameWithin = /(?<=[a-z,;] )[A-Z][a-z]+/g;

const sentenceEnds: ReadonlySet<string> = new Set('.?!');
const isNumber = (word: string | undefined): boolean => word !== undefined && /^\d/.test(word);

/**
 * The figures of `quantityFigureNames`, in their order. Counts are logarithms of one more than the number, the greatest number
 * is so to the base of ten, distinct ones are shares.
 */
export function quantityFigures(text: string): number[] {
  const lower = text.toLowerCase();
  const found = lower.match(token) ?? [];
  const numbers = found.filter(isNumber);
  const words = found.filter((word) => /^[a-z]/.test(word));
  const counts = countGroups(found);
  const quantities =
    numbers.length + [numberWords, fractions, multiples].reduce((sum, at) => sum + (counts[at] ?? 0), 0);
  const question = lastQuestion(lower);
  const asked = question.match(token) ?? [];
  const decimals = numbers.filter((number) => number.includes('.')).length;
  const moneyIsAsked = asksForMoney.test(question);
  const centsAreAsked = moneyIsAsked && decimals > 0 && (counts[money] ?? 0) > 0;
  return [
    ...[...counts, quantities, decimals].map(Math.log1p),
    numbers.reduce((most, number) => Math.max(most, Math.log10(1 + valueOf(number))), 0),
    distinctShare(numbers),
    distinctShare(words),
    ...[words.length, asked.length, asked.filter(isNumber).length].map(Math.log1p),
    moneyIsAsked ? 1 : 0,
    Math.log1p(new Set(text.match(nameWithin)).size),
    numberFollows(found, how) ? 1 : 0,
    numberFollows(found, asking) ? 1 : 0,
    centsAreAsked ? 1 : 0,
  ];
}

function countGroups(found: readonly string[]): number[] {
  const counts = groups.map(() => 0);
  for (const [at, word] of found.entries()) {
    for (const group of groupsOfWord.get(word) ?? []) counts[group] = (counts[group] ?? 0) + 1;
    const isFraction = found[at - 1] === '/' && isNumber(found[at - 2]) && isNumber(word);
    if (isFraction) counts[fractions] = (counts[fractions] ?? 0) + 1;
  }
  return counts;
}

/**
 * Whether the last of these words is followed by a number in its sentence ("How many does she make in 30 days?"). An answer that
 * repeats what was asked ends in that number, and is then easily taken for it.
 */
function numberFollows(found: readonly string[], words: ReadonlySet<string>): boolean {
  const rest = found.slice(1 + found.findLastIndex((word) => words.has(word)));
  if (rest.length === found.length) return false;
  const next = rest.find((word) => isNumber(word) || sentenceEnds.has(word));
  return isNumber(next);
}

/** From the end of the sentence before the last question mark; all of a text that asks without one. */
function lastQuestion(text: string): string {
  const end = text.lastIndexOf('?');
  if (end < 0) return text;
  const before = text.slice(0, end);
  return before.slice(1 + Math.max(before.lastIndexOf('.'), before.lastIndexOf('!'), before.lastIndexOf('?')));
}

const mostDigits = 15;

/** "1,250.5" is 1250.5. Of a longer number the first digits count, so that it stays a number. */
const valueOf = (number: string): number => Number.parseFloat(number.replaceAll(',', '').slice(0, mostDigits));

const distinctShare = (words: readonly string[]): number => new Set(words).size / Math.max(1, words.length);
