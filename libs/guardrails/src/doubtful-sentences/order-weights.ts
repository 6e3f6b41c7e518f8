import data from './order-weights.json' with { type: 'json' };

/** What `npm run train:orders` writes. */
export interface OrderWeights {
  readonly version: number;
  readonly bias: number;
  /** By meaning or shape, and by two of them. */
  readonly meanings: Readonly<Record<string, number>>;
  /** By bucket of words. */
  readonly pieces: readonly number[];
}

/** The weights of this release. */
export const orderWeights: OrderWeights = data satisfies OrderWeights;
