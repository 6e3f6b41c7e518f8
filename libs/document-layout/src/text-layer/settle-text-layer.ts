import type { TextLayerReport } from '@waybill/contracts';
import type { RawWord } from '../page-reading.js';
import { agreementOf, differingWords } from './compare-words.js';
import { hidesWords } from './judge-text-layer.js';
import type { LayerWord } from './layer-word.js';
import { reasonOfWords } from './reason-of-words.js';

/** Which words a page has, after its text layer was compared with its picture. */
export interface TextLayerSettlement {
  readonly take: 'words' | 'picture';
  readonly report: TextLayerReport;
}

/** A layer whose words the picture shows has .8 and more, a bad old reading of a scan .6, exchanged letters below .1. */
const leastAgreement = 0.5;
/** So many words in a row that say something else than the picture are no misreading. */
const differingRun = 5;

/**
 * Decides between a layer and the words that an engine read in the page's picture. A layer that is invisible is never
 * taken, but when it only repeats the picture it is no deceit either.
 * @param words of the layer, in its order; boxes in `page`'s unit, as those of `seen`
 */
export function settleTextLayer(
  {
    words,
    page,
    report,
  }: { words: readonly LayerWord[]; page: { width: number; height: number }; report: TextLayerReport },
  seen: readonly RawWord[],
): TextLayerSettlement {
  const claimed = words.filter(({ hidden, standsOnInk }) => hidden === undefined || standsOnInk);
  const onPaper = words.filter(({ hidden, standsOnInk }) => hidden !== undefined && !standsOnInk);
  const agreement = agreementOf(claimed, seen);
  const differing = differingWords(claimed, seen);
  const reasons = [
    ...report.reasons,
    ...(hidesWords(onPaper) ? [reasonOfWords('not-in-picture', onPaper, page)] : []),
    ...(differing.length > 0 ? [reasonOfWords('differs-from-picture', differing, page)] : []),
  ];
  const repeats = agreement >= leastAgreement && !hidesWords(onPaper) && longestRun(claimed, differing) < differingRun;
  const isVisible = !words.some(({ hidden }) => hidden !== undefined) || !hidesWords(hiddenOf(words));
  if (!repeats) return { take: 'picture', report: { ...report, verdict: 'unsound', reasons, agreement } };
  if (isVisible) return { take: 'words', report: { ...report, verdict: 'sound', reasons, agreement } };
  return { take: 'picture', report: { ...report, verdict: 'repeats-picture', reasons, agreement } };
}

const hiddenOf = (words: readonly LayerWord[]): LayerWord[] => words.filter(({ hidden }) => hidden !== undefined);

function longestRun(words: readonly LayerWord[], marked: readonly LayerWord[]): number {
  const isMarked = new Set(marked);
  let [longest, run] = [0, 0];
  for (const word of words) {
    run = isMarked.has(word) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
