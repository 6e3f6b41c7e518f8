import type { PageClassification, PageLayout } from '@waybill/contracts';
import { probabilitiesOf, type KindProbabilities } from './kind-model.js';
import { kindWeights, type KindWeights } from './kind-weights.js';
import { layoutFeatures } from './layout-features.js';
import { lookFeatures, type Features } from './look-features.js';
import { namePage } from './name-page.js';
import type { PageLook } from './page-look.js';

/** So many words read this surely are words, and not dust. */
const fewWords = 3;
const surelyRead = 0.7;

/** A page that was looked at: what it seems to be, and what of it reading refines. */
export interface LookedAtPage {
  readonly features: Features;
  readonly probabilities: KindProbabilities;
  readonly classification: PageClassification;
}

/** First stage: from the picture alone, before anything is read. Some milliseconds. */
export function lookAtPage(look: PageLook, weights: KindWeights = kindWeights): LookedAtPage {
  const features = lookFeatures(look);
  const probabilities = probabilitiesOf(weights.look, features);
  return {
    features,
    probabilities,
    classification: namePage(probabilities, { stage: 'look', version: weights.version }),
  };
}

/**
 * Second stage: what was seen and what was read decide together. A page without words keeps the first opinion: that no
 * word was read says little, because some engines read nothing; that words were read says that it is not blank.
 */
export function classifyReadPage(
  looked: LookedAtPage,
  layout: PageLayout,
  weights: KindWeights = kindWeights,
): LookedAtPage {
  if (layout.words.length === 0) return looked;
  const features = readFeatures(looked.features, layoutFeatures(layout));
  const guessed = probabilitiesOf(weights.read, features);
  const probabilities = isWrittenOn(layout) ? withoutBlank(guessed) : guessed;
  return {
    features,
    probabilities,
    classification: namePage(probabilities, { stage: 'read', version: weights.version }),
  };
}

/** Dust is read as a letter here and there, and seldom surely. */
const isWrittenOn = ({ words }: PageLayout): boolean =>
  words.filter(({ text, confidence }) => confidence >= surelyRead && /[\p{L}\p{N}]{2}/u.test(text)).length >= fewWords;

/** A page with words on it is not blank, however little of it they cover. */
function withoutBlank({ blank: _, ...others }: KindProbabilities): KindProbabilities {
  const left = Object.values(others).reduce((sum, probability) => sum + probability, Number.MIN_VALUE);
  const scaled = Object.entries(others).map(([kind, probability]) => [kind, probability / left] as const);
  return { ...(Object.fromEntries(scaled) as Omit<KindProbabilities, 'blank'>), blank: 0 };
}

/** Features of the picture and of the words of one page, side by side. */
export function readFeatures(look: Features, words: Features): Features {
  const renamed = Object.entries(words).map(([name, value]) => [`words.${name}`, value] as const);
  return { ...look, ...Object.fromEntries(renamed) };
}
