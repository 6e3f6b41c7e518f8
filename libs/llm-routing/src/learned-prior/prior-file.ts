import { z } from 'zod';
import type { LearnedPrior } from './learned-prior.js';
import { termBuckets } from './prompt-terms.js';
import type { SourcePrior } from './source-prior.js';
import { taskFormNames } from './task-form.js';

const figures = z.array(z.number()).length(taskFormNames.length);
const bytes = z.base64().refine((text) => Buffer.from(text, 'base64').length === termBuckets, {
  message: `holds one byte for each of ${termBuckets} buckets`,
});

const sourceSchema = z.strictObject({
  source: z.string().min(1),
  labels: z.number().int().positive(),
  related: z.number().int().nonnegative(),
  meanGain: z.number(),
  form: z.strictObject({
    means: figures,
    deviations: figures,
    weights: figures,
    lengthSlope: z.number().nonnegative(),
  }),
  terms: z.strictObject({ rarities: bytes, weights: bytes, weightUnit: z.number().positive() }),
  leastFamiliarity: z.number().min(0).max(1),
});

const fileSchema = z.strictObject({
  kind: z.literal('waybill-routing-prior'),
  version: z.literal(3),
  weak: z.string().min(1),
  strong: z.string().min(1),
  /** Where the labels are from and under which licence, in the words of whoever learned from them. */
  provenance: z.string().min(1),
  learnedAt: z.iso.datetime(),
  seed: z.number().int(),
  predicted: z.strictObject({ mean: z.number(), deviation: z.number().nonnegative() }),
  sources: z.array(sourceSchema).min(1),
  evaluation: z.array(
    z.strictObject({
      source: z.string(),
      labels: z.number().int(),
      apgr: z.number().nullable(),
      lengthApgr: z.number().nullable(),
    }),
  ),
});

/** A learned prior as it is kept: small, without any text of the prompts. */
export type PriorFile = z.infer<typeof fileSchema>;

/** A file that holds no usable prior; the message says what is wrong. */
export class PriorFileError extends Error {
  override readonly name = 'PriorFileError';
}

export function priorToFile(prior: LearnedPrior, origin: Pick<PriorFile, 'provenance' | 'learnedAt'>): PriorFile {
  const { weak, strong, seed, predicted } = prior;
  return {
    kind: 'waybill-routing-prior',
    version: 3,
    weak,
    strong,
    ...origin,
    seed,
    predicted,
    sources: prior.sources.map(({ form, terms, ...facts }) => ({
      ...facts,
      form: {
        lengthSlope: form.lengthSlope,
        means: [...form.means],
        deviations: [...form.deviations],
        weights: [...form.weights],
      },
      terms: { ...terms, rarities: textOf(terms.rarities), weights: textOf(terms.weights) },
    })),
    evaluation: prior.evaluation.map(({ apgr, lengthApgr, ...facts }) => ({
      ...facts,
      apgr: Number.isNaN(apgr) ? null : apgr,
      lengthApgr: Number.isNaN(lengthApgr) ? null : lengthApgr,
    })),
  };
}

/** @throws PriorFileError with a sentence for each entry that is wrong */
export function priorFromFile(data: unknown): LearnedPrior {
  const parsed = fileSchema.safeParse(data);
  if (!parsed.success) {
    const sentences = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`);
    throw new PriorFileError(`The routing prior cannot be used; learn it anew (${sentences.join('; ')}).`);
  }
  const { weak, strong, seed, predicted, evaluation } = parsed.data;
  return {
    weak,
    strong,
    seed,
    predicted,
    sources: parsed.data.sources.map(sourceOf),
    evaluation: evaluation.map((figure) => ({
      ...figure,
      apgr: figure.apgr ?? Number.NaN,
      lengthApgr: figure.lengthApgr ?? Number.NaN,
    })),
  };
}

function sourceOf({ form, terms, ...facts }: PriorFile['sources'][number]): SourcePrior {
  return {
    ...facts,
    form: {
      lengthSlope: form.lengthSlope,
      means: Float64Array.from(form.means),
      deviations: Float64Array.from(form.deviations),
      weights: Float64Array.from(form.weights),
    },
    terms: {
      rarities: Uint8Array.from(Buffer.from(terms.rarities, 'base64')),
      weights: new Int8Array(Uint8Array.from(Buffer.from(terms.weights, 'base64')).buffer),
      weightUnit: terms.weightUnit,
    },
  };
}

const textOf = ({ buffer, byteOffset, byteLength }: Uint8Array | Int8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');
