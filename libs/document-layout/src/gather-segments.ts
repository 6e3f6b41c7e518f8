import { type Extent, extentAround, heightOf, median, quantile, sharedHeight } from './extent.js';
import type { PlacedWord } from './upright-page.js';

/** Words of one baseline with nothing wider than a word space between them: the smallest piece that is never cut. */
export interface Segment extends Extent {
  readonly words: readonly PlacedWord[];
  /** Set for a drawn table, which takes its place on the page as one piece and shares its row with nothing. */
  readonly standsAlone?: true;
}

/** What is typical of a page, in its units. */
export interface PageMeasure {
  /** Height of a word of the running text. */
  readonly wordHeight: number;
  /** The widest gap that still counts as a space between words, as a share of the words' height. */
  readonly widestSpace: number;
}

/** The newest segments looked at for each word; more of them lie on one baseline only in broken readings. */
const lookBack = 48;

/**
 * Links words to their right neighbours and cuts the chains at gaps wider than the page's usual word space. The measure
 * of the page is taken from the words unless it is known.
 */
export function gatherSegments(
  words: readonly PlacedWord[],
  known?: PageMeasure,
): { segments: Segment[]; measure: PageMeasure } {
  if (known) {
    const segments = chainWords(words, known.wordHeight).flatMap((chain) => cutAtWideSpaces(chain, known.widestSpace));
    return { segments, measure: known };
  }
  const wordHeight = Math.max(median(words.map(heightOf)), Number.MIN_VALUE);
  const chains = chainWords(words, wordHeight);
  const spaces = chains.flatMap((chain) =>
    chain.slice(1).flatMap((word, place) => {
      const space = spaceBefore(chain[place], word);
      return space > 0.02 && space < 1 ? [space] : [];
    }),
  );
  const widestSpace = Math.max(0.5, Math.min(1.1, 2.4 * median(spaces, 0.3)));
  const segments = chains.flatMap((chain) => cutAtWideSpaces(chain, widestSpace));
  return { segments, measure: { wordHeight, widestSpace } };
}

/** A segment of the given words, ordered from left to right. */
export const segmentOf = (words: readonly PlacedWord[]): Segment => ({ ...extentAround(words), words });

export const segmentText = (segment: Segment): string => segment.words.map(({ text }) => text).join(' ');

function chainWords(words: readonly PlacedWord[], wordHeight: number): PlacedWord[][] {
  const chains: PlacedWord[][] = [];
  const bands = new Map<number, PlacedWord[][]>();
  const bandOf = (y: number): number => Math.floor(y / (2 * wordHeight));
  for (const word of words.toSorted((a, b) => a.x0 - b.x0 || a.y0 - b.y0 || a.index - b.index)) {
    const near = new Set<PlacedWord[]>();
    const [from, to] = [bandOf(word.y0), Math.min(bandOf(word.y1), bandOf(word.y0) + 8)];
    for (let band = from; band <= to; band += 1)
      bands
        .get(band)
        ?.slice(-lookBack)
        .forEach((chain) => near.add(chain));
    const chain = nearestChain(near, word) ?? [];
    if (chain.length === 0) chains.push(chain);
    chain.push(word);
    for (let band = from; band <= to; band += 1) {
      const open = bands.get(band);
      if (!open) bands.set(band, [chain]);
      else if (!open.includes(chain, -lookBack)) open.push(chain);
    }
  }
  return chains;
}

function nearestChain(chains: Iterable<PlacedWord[]>, word: PlacedWord): PlacedWord[] | undefined {
  let nearest: PlacedWord[] | undefined;
  let smallest = 1.6;
  for (const chain of chains) {
    const last = chain.at(-1);
    if (!last || !standTogether(last, word)) continue;
    const space = spaceBefore(last, word);
    if (space > -0.5 && space < smallest) [nearest, smallest] = [chain, space];
  }
  return nearest;
}

/** On one baseline: half of the smaller height is shared. */
function standTogether(a: PlacedWord, b: PlacedWord): boolean {
  return sharedHeight(a, b) >= 0.5 * Math.min(heightOf(a), heightOf(b));
}

function spaceBefore(last: PlacedWord | undefined, word: PlacedWord): number {
  if (!last) return 0;
  return (word.x0 - last.x1) / Math.max(heightOf(last), heightOf(word), Number.MIN_VALUE);
}

function cutAtWideSpaces(chain: readonly PlacedWord[], widestSpace: number): Segment[] {
  const height = quantile(chain.map(heightOf), 0.75);
  const pieces: PlacedWord[][] = [];
  chain.forEach((word, place) => {
    const last = chain[place - 1];
    const gap = last ? word.x0 - last.x1 : Infinity;
    if (gap > widestSpace * height) pieces.push([word]);
    else pieces.at(-1)?.push(word);
  });
  return pieces.map(segmentOf);
}
