import { boundKeywords } from '@waybill/extraction';
import { z } from 'zod';
import { sourceSchema } from '../catalog/source.js';

/** Keywords of JSON Schema that bound a value, and that a provider may or may not know. */
export const limitKeywords = ['pattern', ...boundKeywords] as const;
export type LimitKeyword = (typeof limitKeywords)[number];

const count = z.number().int().positive();

/**
 * What one provider takes as the schema of an answer. Nothing is assumed: a keyword or a format that is not named here is
 * said in words, and a bound that is not stated here does not exist.
 */
export const schemaLevelSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, 'write lower-case letters, digits and hyphens'),
  /** `request`: the provider shows it to the model; `both`: it only binds the answer, so the prompt says it too. */
  sent: z.enum(['request', 'both']),
  /** Every property has to be required: what may be absent is null instead. */
  everyProperty: z.boolean(),
  limits: z.array(z.enum(limitKeywords)).default([]),
  /** Bounds of numbers hold for these alone. */
  bounded: z.enum(['integers', 'numbers']).default('numbers'),
  /** `whole`: patterns have to begin with ^ and end with $. */
  patterns: z.enum(['any', 'whole']).default('any'),
  /** Whether lengths may stand beside a pattern or a format. */
  lengths: z.enum(['beside', 'alone']).default('beside'),
  formats: z.array(z.string().min(1)).default([]),
  /** Whether there may be alternatives (anyOf) besides null. */
  alternatives: z.boolean().default(false),
  /** `text`: choices have to be text; `alike`: of one type. */
  choices: z.enum(['text', 'alike']).default('alike'),
  /** How much a schema may hold at most, altogether. */
  most: z
    .strictObject({
      /** Places that allow more than one type; null counts as one. */
      unions: count.optional(),
      properties: count.optional(),
      /** Objects within objects. */
      depth: count.optional(),
      choices: count.optional(),
    })
    .default({}),
  sources: z.array(sourceSchema).default([]),
});

/** A level as calls carry it. */
export type SchemaLevel = Omit<z.infer<typeof schemaLevelSchema>, 'sources'>;

/** For whoever does not say what it takes: what all strict modes do. */
export const commonLevel: SchemaLevel = {
  ...{ id: 'common', sent: 'request', everyProperty: true, limits: [], formats: [], choices: 'alike', most: {} },
  ...{ bounded: 'numbers', patterns: 'any', lengths: 'beside', alternatives: false },
};
