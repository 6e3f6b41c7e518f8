import { type Extent, extentAround, heightOf, widthOf } from './extent.js';
import type { PlacedWord } from './upright-page.js';

/** A box before its label is found; `glued` is text that follows the mark in the same word. */
export interface Mark extends Extent {
  readonly state: 'checked' | 'unchecked';
  readonly words: readonly PlacedWord[];
  readonly glued?: { readonly word: PlacedWord; readonly text: string };
  readonly certainty: number;
}

/** Signs that are boxes for crosses and nothing else; a plain square may also be a bullet. */
const checkedSign = /^[☑☒🗹🗷⊠]/u;
const uncheckedSign = /^☐/u;
const squareSign = /^[❏❑◻▢]/u;
const crosses = 'xX✓✔✗✘*';
const written = new RegExp(`^\\[([${crosses}_ ]?)\\]`, 'u');

/** Boxes that are written as words: `☐`, `☑`, `[x]`, `[ ]`, also with their label glued to them. */
export function findWrittenBoxes(words: readonly PlacedWord[]): Mark[] {
  const marks: Mark[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (!word) continue;
    const sign = signOf(word.text);
    if (sign) marks.push(markOf(word, sign));
    else {
      const parted = partedBrackets(words, at);
      if (parted) {
        marks.push(parted);
        at += parted.words.length - 1;
      }
    }
  }
  return marks;
}

interface Sign {
  readonly length: number;
  readonly state: Mark['state'];
  readonly certainty: number;
}

function signOf(text: string): Sign | undefined {
  const bracket = written.exec(text);
  if (bracket) {
    const state = bracket[1] && crosses.includes(bracket[1]) ? 'checked' : 'unchecked';
    return { length: bracket[0].length, state, certainty: 0.85 };
  }
  const found = [checkedSign, uncheckedSign, squareSign].map((pattern) => pattern.exec(text)?.[0]);
  const [checked, unchecked, square] = found;
  const length = (checked ?? unchecked ?? square)?.length;
  if (length === undefined) return undefined;
  return { length, state: checked ? 'checked' : 'unchecked', certainty: square ? 0.7 : 0.95 };
}

/** The sign takes its share of a word that holds more than it. */
function markOf(word: PlacedWord, { length, state, certainty }: Sign): Mark {
  const text = word.text.slice(length);
  if (text === '') return { ...extentOf(word), state, words: [word], certainty };
  const x1 = word.x0 + widthOf(word) * Math.min(0.5, length / word.text.length);
  return { ...extentOf(word), x1, state, words: [], glued: { word, text }, certainty };
}

/** `[ ]` and `[ x ]` come as two or three words that stand close together. */
function partedBrackets(words: readonly PlacedWord[], at: number): Mark | undefined {
  const [first, second, third] = words.slice(at, at + 3);
  if (first?.text !== '[' || !second || second.x0 - first.x1 > 1.5 * heightOf(first)) return undefined;
  if (second.text === ']') return mergedMark([first, second], 'unchecked');
  if (third?.text !== ']' || second.text.length > 1 || !crosses.includes(second.text)) return undefined;
  return third.x0 - second.x1 > 1.5 * heightOf(first) ? undefined : mergedMark([first, second, third], 'checked');
}

const mergedMark = (words: readonly PlacedWord[], state: Mark['state']): Mark => ({
  ...extentAround(words),
  state,
  words,
  certainty: 0.85,
});

const extentOf = ({ x0, y0, x1, y1 }: Extent): Extent => ({ x0, y0, x1, y1 });
