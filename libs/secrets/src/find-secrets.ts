import { secretPatterns, secretWords } from './secret-patterns.js';

/** A key, a token or a password in a text. */
export interface FoundSecret {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  /** How sure, 0..1. */
  readonly score: number;
}

/** Bits a character; random base64 of this length has more, words and hex numbers of records have less. */
const leastEntropy = 3.6;
const candidate = /(?<![\w+/=.-])[\w+/=-]{20,200}(?![\w+/-])/g;
const compiled = secretPatterns.map(({ kind, hint, pattern }) => ({ kind, hint, pattern: new RegExp(pattern, 'g') }));

/** The shortest that any pattern takes is a password in an address, `a://b:ccc@`. */
const leastLength = 10;

/** Secrets by their form, and by their entropy behind a word that says so. In order, none inside another. */
export function findSecrets(text: string): FoundSecret[] {
  if (text.length < leastLength) return [];
  const lower = text.toLowerCase();
  const found: FoundSecret[] = [];
  const add = (secret: FoundSecret) => {
    if (!found.some(({ start, end }) => start < secret.end && end > secret.start)) found.push(secret);
  };
  for (const { kind, hint, pattern } of compiled) {
    if (!lower.includes(hint)) continue;
    for (const match of text.matchAll(pattern)) {
      add({ kind, start: match.index, end: match.index + match[0].length, score: kind === 'password' ? 0.7 : 0.97 });
    }
  }
  if (/key|secret|token|credential/.test(lower)) {
    for (const match of text.matchAll(candidate)) {
      if (!secretWords.test(text.slice(Math.max(0, match.index - 40), match.index))) continue;
      if (entropyOf(match[0]) < leastEntropy || !/\d/.test(match[0]) || !/[a-z]/i.test(match[0])) continue;
      add({ kind: 'high-entropy', start: match.index, end: match.index + match[0].length, score: 0.8 });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Shannon's entropy of the characters of a text, in bits a character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const mark of text) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
