import { foldLookAlikes } from '../text/fold-look-alikes.js';
import { meaningsOf, plainWord } from './meanings-of.js';

const bucketCount = 4096;

/** What a sentence looks like. */
const shapes: Readonly<Record<string, RegExp>> = {
  amount: /\d[.,]\d{2}(?!\d)/,
  date: /\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}/,
  number: /\d/,
  account: /\b[A-Z]{2}\d{2}[A-Z0-9 ]{11,}/i,
  quoted: /["“„«「『][^"”“»」』]{1,80}["”“»」』]/,
  link: /https?:\/\/|www\.|!\[/,
  mail: /\S@\S+\.\S/,
  object: /[{[]\s*["']?\w+["']?\s*:/,
  tag: /<\/?\w+[^>]*>/,
  chat: /<\||\|>|\[\/?inst|<<\/?sys|(?:^|\s)(?:assistant|human|user|model) ?:|###|_of_turn/i,
  code: /```|>>>|\w\(\w*\)|\w\[["']/,
  assigned: /\S ?= ?\S/,
  named: /^[\s*[#]*[\p{L} ]{2,30}\]?\s?[:–—-] /u,
  asked: /\?/,
  shouted: /(?:\b\p{Lu}{2,}\b\W+){2}/u,
  noted: /^\s*(?:[*†‡¹²³]|\(?\d\)|\[\d\])/,
  slashed: /n\/a|\b\d+ ?\/ ?\d+\b/i,
};
const shapeList = Object.entries(shapes);
const longWords = 4;

/** What is found in a sentence: meanings and shapes, how many words it has, and its words in as many buckets as the model has. */
export interface SentenceParts {
  readonly found: readonly string[];
  readonly words: number;
  readonly hashed: readonly number[];
}

/** Features of a sentence, or of neighbours taken together. */
export interface SentenceFeatures {
  readonly named: readonly string[];
  readonly hashed: readonly number[];
}

/** What is found in one sentence, as it stands on the page. */
export function partsOf(original: string): SentenceParts {
  const text = plainWord(foldLookAlikes(original).text.replaceAll(/\s+/g, ' '));
  const tokens = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const shaped = shapeList.filter(([, shape]) => shape.test(original)).map(([shape]) => `_${shape}`);
  return {
    found: [...meaningsOf(text, tokens), ...shaped],
    words: tokens.length,
    hashed: piecesOf(tokens).map(bucketOf),
  };
}

/** What sentences have, each by itself and by two. */
export function featuresOf(...sentences: readonly SentenceParts[]): SentenceFeatures {
  const words = sentences.reduce((sum, one) => sum + one.words, 0);
  const found = [...new Set(sentences.flatMap((one) => one.found)), lengthOf(words)].sort();
  const pairs = found.flatMap((one, at) => found.slice(at + 1).map((other) => `${one} ${other}`));
  return { named: [...found, ...pairs], hashed: [...new Set(sentences.flatMap(({ hashed }) => hashed))] };
}

const lengthOf = (count: number): string => (count <= longWords ? '_short' : count <= 9 ? '_middle' : '_long');

/** Words, pairs of words, and beginnings of words; of writing without spaces, letters by two. Numbers count as such. */
function piecesOf(tokens: readonly string[]): string[] {
  return tokens.flatMap((word, at) => {
    const token = /^\d/.test(word) ? '0' : word;
    if (/[\u0600-\u06ff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u.test(token)) {
      return Array.from({ length: Math.max(1, token.length - 1) }, (_, place) => `p${token.slice(place, place + 2)}`);
    }
    const before = tokens[at - 1];
    return [token, before === undefined ? `^${token}` : `${before} ${token}`, `s${token.slice(0, 5)}`];
  });
}

/** FNV-1a. */
function bucketOf(piece: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < piece.length; at += 1) hash = Math.imul(hash ^ piece.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % bucketCount;
}
