import { pageKinds } from '@waybill/contracts';
import type { KindProbabilities } from './kind-model.js';

/** No opinion rules a kind out. */
const least = 1e-6;

/** Two opinions about one page as one: their product, the second raised to how far it is trusted (0: not at all). */
export function combineOpinions(one: KindProbabilities, other: KindProbabilities, trust: number): KindProbabilities {
  const products = pageKinds.map((kind) => Math.max(least, one[kind]) * Math.max(least, other[kind]) ** trust);
  const total = products.reduce((sum, product) => sum + product, 0);
  return Object.fromEntries(pageKinds.map((kind, at) => [kind, (products[at] ?? 0) / total])) as KindProbabilities;
}
