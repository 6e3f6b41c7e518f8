import { countTextTokens, type ReadPage } from '@waybill/llm-routing';
import { rankPages } from './rank-pages.js';

/** Numbers before runs of words, line ends and page marks add so much to the letters of a page. */
const markup = 1.4;
/** A picture in place of words that nobody could read. */
const pictureTokens = 1_200;

/** What showing a page takes, about. */
export const tokensOfPage = ({ layout }: ReadPage): number => {
  const letters = (layout?.words ?? []).reduce((sum, { text }) => sum + text.length + 1, 0);
  return letters === 0 ? pictureTokens : countTextTokens(letters * markup).expected;
};

/**
 * The pages that a question is about, in page order: all that fit, the best matching first, and at least one. Those that
 * match nothing come last, because the words of a question need not be those of its answer.
 */
export function choosePages(question: string, pages: readonly ReadPage[], mostTokens: number): readonly ReadPage[] {
  const all = pages.reduce((sum, page) => sum + tokensOfPage(page), 0);
  if (all <= mostTokens) return pages;
  const chosen = new Set<ReadPage>();
  let tokens = 0;
  for (const { page } of rankPages(question, pages)) {
    tokens += tokensOfPage(page);
    if (chosen.size > 0 && tokens > mostTokens) break;
    chosen.add(page);
  }
  return pages.filter((page) => chosen.has(page));
}
