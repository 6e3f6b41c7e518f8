import { orderWeights } from './order-weights.js';
import { featuresOf, type SentenceParts } from './sentence-features.js';

/** How likely sentences are meant to change what is answered about their page, 0..1, by what the model has learnt. */
export function rateSentences(...sentences: readonly SentenceParts[]): number {
  const { named, hashed } = featuresOf(...sentences);
  const { bias, meanings, pieces } = orderWeights;
  const byMeaning = named.reduce((sum, name) => sum + (meanings[name] ?? 0), 0);
  const byPiece = hashed.reduce((sum, bucket) => sum + (pieces[bucket] ?? 0), 0);
  return 1 / (1 + Math.exp(-(bias + byMeaning + byPiece)));
}
