import type { PageClassification, PageLayout } from '@waybill/contracts';
import { combineOpinions } from './combine-opinions.js';
import { probabilitiesOf, type KindProbabilities } from './kind-model.js';
import { kindWeights, type KindWeights } from './kind-weights.js';
import { layoutFeatures } from './layout-features.js';
import { lookFeatures } from './look-features.js';
import { namePage } from './name-page.js';
import type { PageLook } from './page-look.js';

/** A page that was looked at: what it seems to be, and the probabilities that reading it refines. */
export interface LookedAtPage {
  readonly probabilities: KindProbabilities;
  readonly classification: PageClassification;
}

/** First stage: from the picture alone, before anything is read. Some milliseconds. */
export function lookAtPage(look: PageLook, weights: KindWeights = kindWeights): LookedAtPage {
  const probabilities = probabilitiesOf(weights.look, lookFeatures(look));
  return { probabilities, classification: namePage(probabilities, { stage: 'look', version: weights.version }) };
}

/**
 * Second stage: what was read refines what was seen. Both are opinions about the same page, so their probabilities are
 * multiplied; a page without words keeps the first opinion.
 */
export function classifyReadPage(
  looked: LookedAtPage,
  layout: PageLayout,
  weights: KindWeights = kindWeights,
): LookedAtPage {
  if (layout.words.length === 0) return looked;
  const byWords = probabilitiesOf(weights.words, layoutFeatures(layout));
  const probabilities = combineOpinions(looked.probabilities, byWords, weights.trustInWords);
  return { probabilities, classification: namePage(probabilities, { stage: 'read', version: weights.version }) };
}
