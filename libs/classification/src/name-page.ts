import { pageClasses, pageKinds, type PageClass, type PageClassification, type PageKind } from '@waybill/contracts';
import type { KindProbabilities } from './kind-model.js';

/** What each kind asks for: to be read, to be looked at, or to be seen as a photograph. */
export const classOfKind: Readonly<Record<PageKind, PageClass>> = {
  text: 'dense',
  table: 'dense',
  form: 'dense',
  receipt: 'dense',
  invoice: 'dense',
  chart: 'visual',
  diagram: 'visual',
  photo: 'photo',
  screenshot: 'visual',
  blank: 'dense',
  handwriting: 'dense',
};

/** Kinds that are told, at most. */
const mostKinds = 3;

/** The probability of each class: the sum over its kinds. */
export function classProbabilities(probabilities: KindProbabilities): Readonly<Record<PageClass, number>> {
  const sums = pageClasses.map((name) => {
    const kinds = pageKinds.filter((kind) => classOfKind[kind] === name);
    return [name, kinds.reduce((sum, kind) => sum + probabilities[kind], 0)] as const;
  });
  return Object.fromEntries(sums) as Record<PageClass, number>;
}

/**
 * A page's classification from the probabilities of its kinds. The class is the likeliest one, and the kind the
 * likeliest of that class, so that the two never contradict each other.
 */
export function namePage(
  probabilities: KindProbabilities,
  { stage, version }: Pick<PageClassification, 'stage' | 'version'>,
): PageClassification {
  const classes = classProbabilities(probabilities);
  const [first] = [...pageClasses].sort((one, other) => classes[other] - classes[one]);
  const likeliest = first ?? 'dense';
  const sorted = [...pageKinds].sort((one, other) => probabilities[other] - probabilities[one]);
  const kind = sorted.find((each) => classOfKind[each] === likeliest) ?? 'text';
  const told = [kind, ...sorted.filter((each) => each !== kind)].slice(0, mostKinds);
  return {
    kind,
    confidence: rounded(probabilities[kind]),
    class: likeliest,
    kinds: told.map((each) => ({ kind: each, probability: rounded(probabilities[each]) })),
    stage,
    version,
  };
}

const rounded = (probability: number): number => Math.round(Math.min(1, Math.max(0, probability)) * 10_000) / 10_000;
