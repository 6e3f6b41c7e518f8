import { pageKinds, type PageClass } from '@waybill/contracts';
import type { KindProbabilities } from './kind-model.js';
import { classOfKind, classProbabilities } from './name-page.js';

/** No opinion is so sure that the other one counts for nothing. */
const leastProbability = 1e-6;

/**
 * What a page is by its look and by its words together. Of the class both are judges alike (the geometric mean of what
 * they give each class, Hinton's product of experts): they err on different pages. Which kind of a class it is, the
 * words know better. Probabilities sum to 1.
 */
export function joinOpinions(look: KindProbabilities, read: KindProbabilities): KindProbabilities {
  const [seen, words] = [classProbabilities(look), classProbabilities(read)];
  const bent = ({ name, share }: { name: PageClass; share: number }): number =>
    share * Math.sqrt(Math.max(leastProbability, seen[name]) / Math.max(leastProbability, words[name]));
  const weights = pageKinds.map((kind) => bent({ name: classOfKind[kind], share: read[kind] }));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Object.fromEntries(pageKinds.map((kind, at) => [kind, (weights[at] ?? 0) / total])) as KindProbabilities;
}
