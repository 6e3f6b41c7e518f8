import type { ReadPage } from '@waybill/llm-routing';

/** A page and how well it matches a question; 0 for not at all. */
export interface RankedPage {
  readonly page: ReadPage;
  readonly score: number;
}

/** Usual constants of BM25: how soon repetitions stop counting, and how much long pages are held back. */
const [saturation, lengthWeight] = [1.2, 0.75];
/** Longer words are also compared by their beginnings, whatever the language does to their ends. */
const stemLength = 5;
const stemWeight = 0.5;

/**
 * Pages by how well their words match a question's, best first, equal ones in page order. Okapi BM25 (Robertson and
 * Zaragoza 2009) with every page as a document, over words without case and accents, and half as much over their first
 * five letters. Words that stand on most pages count next to nothing, so no list of stop words is needed.
 */
export function rankPages(question: string, pages: readonly ReadPage[]): RankedPage[] {
  const wanted = countTerms(question.split(/\s+/));
  const counted = pages.map(({ layout }) => countTerms((layout?.words ?? []).map(({ text }) => text)));
  const lengths = counted.map(({ length }) => length);
  const usual = Math.max(1, lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, pages.length));
  const scores = pages.map(() => 0);
  for (const term of wanted.counts.keys()) {
    const having = counted.filter(({ counts }) => counts.has(term)).length;
    const rarity = Math.log(1 + (pages.length - having + 0.5) / (having + 0.5));
    counted.forEach(({ counts, length }, at) => {
      const count = counts.get(term) ?? 0;
      const damped = count + saturation * (1 - lengthWeight + (lengthWeight * length) / usual);
      const weight = term.startsWith(stemMark) ? stemWeight : 1;
      scores[at] = (scores[at] ?? 0) + (weight * rarity * count * (saturation + 1)) / damped;
    });
  }
  return pages
    .map((page, at) => ({ page, score: scores[at] ?? 0 }))
    .sort((a, b) => b.score - a.score || a.page.read.page - b.page.read.page);
}

const stemMark = '~';

interface CountedTerms {
  readonly counts: ReadonlyMap<string, number>;
  /** Words. */
  readonly length: number;
}

function countTerms(words: readonly string[]): CountedTerms {
  const counts = new Map<string, number>();
  let length = 0;
  const count = (term: string) => counts.set(term, (counts.get(term) ?? 0) + 1);
  for (const word of words.flatMap(termsOf)) {
    length += 1;
    count(word);
    if (word.length > stemLength) count(`${stemMark}${word.slice(0, stemLength)}`);
    else if (word.length === stemLength) count(`${stemMark}${word}`);
  }
  return { counts, length };
}

const termsOf = (word: string): string[] =>
  word
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
