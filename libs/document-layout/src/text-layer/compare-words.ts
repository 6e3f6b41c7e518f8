import type { RawWord } from '../page-reading.js';

/** Two boxes share a place when they share more than this of the smaller one. */
const samePlaceShare = 0.3;

/**
 * Share of the letters of `words` that `others` have, too, 0..1, wherever they stand: by groups of three characters, so
 * that a reading with some wrong letters still agrees, and one of exchanged letters does not.
 */
export function agreementOf(words: readonly RawWord[], others: readonly RawWord[]): number {
  const wanted = groupsOf(words);
  const found = groupsOf(others);
  let [shared, total] = [0, 0];
  for (const [group, count] of wanted) {
    total += count;
    shared += Math.min(count, found.get(group) ?? 0);
  }
  return total === 0 ? 0 : shared / total;
}

/** Words where `others` say something else at the same place; places where `others` say nothing do not count. */
export function differingWords<Word extends RawWord>(words: readonly Word[], others: readonly RawWord[]): Word[] {
  const rows = new Rows(others);
  return words.filter((word) => {
    const there = rows.at(word);
    return there.length > 0 && likeness(word, there) < leastLikeness;
  });
}

/** Below this, two words at one place are different words: `100` and `900` are .33, `modern` and `modem` .62. */
const leastLikeness = 0.4;

/** By Dice: twice the shared groups over all groups; a place may hold several words of the other reading. */
function likeness(word: RawWord, there: readonly RawWord[]): number {
  const mine = groupsOf([word]);
  const theirs = groupsOf(there);
  const joined = groupsOf([{ ...word, text: there.map(({ text }) => text).join('') }]);
  return Math.max(dice(mine, theirs), dice(mine, joined), contains(there, word) ? 1 : 0);
}

/** One side may be a part of the other: engines join and part words differently. */
function contains(there: readonly RawWord[], { text }: RawWord): boolean {
  const [mine, theirs] = [folded(text), folded(there.map((word) => word.text).join(''))];
  return mine === '' || theirs === '' || theirs.includes(mine) || mine.includes(theirs);
}

function dice(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let [shared, total] = [0, 0];
  for (const [group, count] of one) {
    shared += Math.min(count, other.get(group) ?? 0);
    total += count;
  }
  for (const count of other.values()) total += count;
  return total === 0 ? 1 : (2 * shared) / total;
}

function groupsOf(words: readonly RawWord[]): Map<string, number> {
  const groups = new Map<string, number>();
  for (const { text } of words) {
    const letters = folded(text);
    if (letters === '') continue;
    const padded = ` ${letters} `;
    for (let at = 0; at + 3 <= padded.length; at += 1) {
      const group = padded.slice(at, at + 3);
      groups.set(group, (groups.get(group) ?? 0) + 1);
    }
  }
  return groups;
}

const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Words by bands of the page, so that pages of thousands of words are compared in no time. */
class Rows {
  readonly #rows = new Map<number, RawWord[]>();
  readonly #bandHeight: number;

  constructor(words: readonly RawWord[]) {
    const heights = words.map(({ box }) => box[3] - box[1]).sort((one, other) => one - other);
    this.#bandHeight = Math.max(1, 2 * (heights[heights.length >> 1] ?? 1));
    for (const word of words) {
      for (let row = this.#rowOf(word.box[1]); row <= this.#rowOf(word.box[3]); row += 1) {
        this.#rows.set(row, [...(this.#rows.get(row) ?? []), word]);
      }
    }
  }

  at({ box }: RawWord): RawWord[] {
    const found = new Set<RawWord>();
    for (let row = this.#rowOf(box[1]); row <= this.#rowOf(box[3]); row += 1) {
      for (const word of this.#rows.get(row) ?? []) if (sharesPlace(word.box, box)) found.add(word);
    }
    return [...found];
  }

  #rowOf(y: number): number {
    return Math.floor(Math.min(1e6, Math.max(-1e6, y)) / this.#bandHeight);
  }
}

/** Whether two boxes stand at the same place of the page. */
export function sharesPlace(one: RawWord['box'], two: RawWord['box']): boolean {
  const width = Math.min(one[2], two[2]) - Math.max(one[0], two[0]);
  const height = Math.min(one[3], two[3]) - Math.max(one[1], two[1]);
  if (width <= 0 || height <= 0) return false;
  return width * height > samePlaceShare * Math.min(areaOf(one), areaOf(two));
}

const areaOf = ([x0, y0, x1, y1]: RawWord['box']): number => Math.max(1e-9, (x1 - x0) * (y1 - y0));
