import data from './kind-weights.json' with { type: 'json' };
import type { KindModel } from './kind-model.js';

/** What `npm run train:classify` writes: two models and how far each is trusted. */
export interface KindWeights {
  readonly version: number;
  /** Over the picture of the page, and over its words and layout. */
  readonly look: KindModel;
  readonly words: KindModel;
  /** The power that the words' probabilities are raised to before both are multiplied. */
  readonly trustInWords: number;
}

/** The weights of this release. */
export const kindWeights: KindWeights = data satisfies KindWeights;
