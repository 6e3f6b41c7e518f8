import type { TextLayerReason, TextLayerReport } from '@waybill/contracts';
import { letterCount, lettersOf, type HiddenCause, type LayerWord, type TextLayerEvidence } from './layer-word.js';
import { reasonOfWords } from './reason-of-words.js';

/**
 * What is to be done with a text layer. `words`: they are what shows, take them. `picture`: read the page as drawn.
 * `compare`: read the picture, and let `settleTextLayer` decide between the two.
 */
export interface TextLayerJudgement {
  readonly take: 'words' | 'picture' | 'compare';
  /** As far as it is known before the picture is read. */
  readonly report: TextLayerReport;
}

/** A picture this large is the page itself: a scan; fewer words than these are then a stamp or a page number on it. */
const scanShare = 0.8;
const stampWords = 40;
/** A picture this large on a page of hardly any words is what is to be read there. */
const pictureShare = 0.4;
const captionWords = 8;
/** Invisible words on a page with a picture this large may be what somebody's OCR found in it. */
const overPictureShare = 0.3;
/** Above these shares the layer's letters are not what the page shows. */
const unmappedShare = 0.1;
const lettersShare = 0.15;
/** Small capitals and scripts reach .1; a layer with exchanged letters has .3 and more. */
const misshapenShare = 0.2;
/** Less than this hidden is a leftover of some program (a page's own name, an empty heading); more may be meant. */
const leftoverWords = 3;
const leftoverLetters = 20;

const hiddenCauses: readonly HiddenCause[] = ['invisible', 'unseen', 'off-page', 'tiny', 'crowded'];

/**
 * Whether a page's text layer is what a person would read on it. A page that hides words is not believed in the rest
 * of its text either: who prepared it may have exchanged letters as well, which shows in no single word.
 */
export function judgeTextLayer(evidence: TextLayerEvidence): TextLayerJudgement {
  const { words, page, largestImageShare } = evidence;
  const shown = words.filter(({ hidden }) => hidden === undefined);
  const hidden = words.filter((word) => word.hidden !== undefined);
  const reasons = hiddenCauses.flatMap((cause) => {
    const found = hidden.filter((word) => word.hidden === cause);
    return found.length === 0 ? [] : [reasonOfWords(cause, found, page)];
  });
  const report = (verdict: TextLayerReport['verdict'], more: TextLayerReason[] = []): TextLayerReport => ({
    verdict,
    words: words.length,
    hiddenWords: hidden.length,
    reasons: [...reasons, ...more],
    agreement: null,
  });
  if (words.length === 0) return { take: 'picture', report: report('absent') };
  if (hidesWords(hidden)) {
    const isLayerOfScan = largestImageShare >= overPictureShare && hidden.some(({ standsOnInk }) => standsOnInk);
    return { take: isLayerOfScan ? 'compare' : 'picture', report: report('unsound') };
  }
  if (shown.length === 0) return { take: 'picture', report: report('scarce') };
  if (isScarce(shown, largestImageShare)) return { take: 'picture', report: report('scarce') };
  if (isMeaningless(evidence, shown)) {
    return { take: 'picture', report: report('unsound', [reasonOfWords('unmapped', shown, page)]) };
  }
  if (evidence.misshapenShare > misshapenShare) {
    return { take: 'compare', report: report('unsound', [reasonOfWords('misshapen', shown, page)]) };
  }
  return { take: 'words', report: report('sound') };
}

/** Whether these hidden words are more than a program's leftovers. */
export const hidesWords = (hidden: readonly LayerWord[]): boolean =>
  hidden.length >= leftoverWords && lettersOf(hidden) >= leftoverLetters;

const isScarce = (shown: readonly LayerWord[], largestImageShare: number): boolean =>
  (largestImageShare >= scanShare && shown.length < stampWords) ||
  (largestImageShare >= pictureShare && shown.length < captionWords);

function isMeaningless({ shownCharacters, unmappedCharacters }: TextLayerEvidence, shown: readonly LayerWord[]) {
  const letters = shown.reduce((sum, { text }) => sum + letterCount(text), 0);
  return unmappedCharacters > unmappedShare * shownCharacters || letters < lettersShare * shownCharacters;
}
