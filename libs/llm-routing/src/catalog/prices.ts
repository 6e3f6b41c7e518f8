import { z } from 'zod';
import { picodollarsOf, picodollarsPerToken } from '../money/picodollars.js';

const isExact = (convert: (usd: number) => bigint) => (usd: number) => {
  try {
    convert(usd);
    return true;
  } catch {
    return false;
  }
};

const perMillion = z
  .number()
  .nonnegative()
  .max(100_000, 'a price is in USD a million tokens; this one is too high to be meant')
  .refine(isExact(picodollarsPerToken), 'write at most six decimals');
const usdPerUnit = z.number().positive().max(1_000).refine(isExact(picodollarsOf), 'write at most twelve decimals');
const notFree = perMillion.positive('a price of 0 does not mean free; where it does, write {"kind": "free"}');

const rates = {
  input: notFree,
  output: notFree,
  /** As output when absent. */
  reasoning: perMillion.optional(),
  /** As input when absent. */
  cacheRead: perMillion.optional(),
  cacheWrite: perMillion.optional(),
  /** Image tokens, where they are priced apart from text. */
  image: perMillion.optional(),
};

const priceSheetSchema = z.strictObject({
  ...rates,
  usdPerImage: usdPerUnit.optional(),
  usdPerPage: usdPerUnit.optional(),
  /** A call with more input than this is billed by these prices altogether. */
  longContext: z.array(z.strictObject({ aboveInputTokens: z.number().int().positive(), ...rates })).optional(),
});
export type PriceSheet = z.infer<typeof priceSheetSchema>;

export const serviceLevels = ['standard', 'batch', 'flex', 'priority'] as const;
export type ServiceLevel = (typeof serviceLevels)[number];
/** A way to make a single call other than the usual one. */
export type CallService = Extract<ServiceLevel, 'flex' | 'priority'>;

/** What a model costs. `free` is a statement, never a conclusion from a price of 0. */
export const pricesSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('free') }),
  z.strictObject({
    kind: z.literal('metered'),
    usdPerMillion: z.strictObject({
      standard: priceSheetSchema,
      batch: priceSheetSchema.optional(),
      flex: priceSheetSchema.optional(),
      priority: priceSheetSchema.optional(),
    }),
  }),
]);
export type Prices = z.infer<typeof pricesSchema>;
