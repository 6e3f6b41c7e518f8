import { soundnessOf, type ReadPage } from '@waybill/llm-routing';
import { tokensOfPage } from '../retrieval/choose-pages.js';

/** What goes into one call at most. */
export interface PortionLimits {
  readonly inputTokens: number;
  readonly pictures: number;
}

/** A page whose words carry less than this is to be looked at, so it takes a picture. */
const soundPage = 0.9;

/** Whole pages in order, as many as fit into each portion; a page that is too long alone is a portion alone. */
export function planPortions(pages: readonly ReadPage[], limits: PortionLimits): ReadPage[][] {
  const portions: ReadPage[][] = [];
  let [tokens, pictures] = [Infinity, Infinity];
  for (const page of pages) {
    tokens += tokensOfPage(page);
    pictures += soundnessOf(page) < soundPage ? 1 : 0;
    if (tokens > limits.inputTokens || pictures > limits.pictures) {
      portions.push([]);
      [tokens, pictures] = [tokensOfPage(page), soundnessOf(page) < soundPage ? 1 : 0];
    }
    portions.at(-1)?.push(page);
  }
  return portions;
}
