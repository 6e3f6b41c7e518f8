import data from './kind-weights.json' with { type: 'json' };
import type { KindModel } from './kind-model.js';

/** What `npm run train:classify` writes. */
export interface KindWeights {
  readonly version: number;
  /** Over the picture of the page. */
  readonly look: KindModel;
  /** Over the picture, and the words and their layout. */
  readonly read: KindModel;
}

/** The weights of this release. */
export const kindWeights: KindWeights = data satisfies KindWeights;
