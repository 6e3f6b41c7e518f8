import { termKinds, type PromptTerms } from './prompt-terms.js';

/** Rarities are kept in a byte: so many steps make one unit of ln. 0 stands for a term that was not learned. */
const stepsPerUnit = 25;
const fewestPrompts = 2;

export const rarityOf = (byte: number): number => byte / stepsPerUnit;

/** How rare a term is that no prompt had. */
export const unknownRarity = (prompts: number): number => 1 + Math.log(1 + prompts);

/** Of each bucket, ln of the inverse share of prompts that have it, as a byte; terms of a single prompt are not learned. */
export function termRarities(prompts: readonly PromptTerms[], width: number): Uint8Array {
  const having = new Uint32Array(width);
  for (const { buckets } of prompts) for (const bucket of buckets) having[bucket] = (having[bucket] ?? 0) + 1;
  return Uint8Array.from(having, (count) =>
    count < fewestPrompts
      ? 0
      : Math.min(255, Math.round(stepsPerUnit * (1 + Math.log((1 + prompts.length) / (1 + count))))),
  );
}

/** How many of so many prompts have a term of this rarity. */
export const promptsHaving = (byte: number, prompts: number): number =>
  byte === 0 ? 0 : (1 + prompts) / Math.exp(rarityOf(byte) - 1) - 1;

/** Rarities as a prompt finds them that is one of those counted: a term that one other prompt has is not known to it. */
export const withoutOneself = (rarities: Uint8Array, prompts: number): Uint8Array =>
  rarities.map((byte) => (promptsHaving(byte, prompts) < fewestPrompts + 0.5 ? 0 : byte));

/**
 * TF-IDF values of a prompt's terms, in the order of its buckets. Pairs and words make one vector of length 1, letters another;
 * both together have length 1, however long the prompt is.
 */
export function weighTerms({ buckets, counts }: PromptTerms, rarities: Uint8Array): Float64Array {
  const values = Float64Array.from(
    buckets,
    (bucket, at) => (1 + Math.log(counts[at] ?? 1)) * rarityOf(rarities[bucket] ?? 0),
  );
  const firstLetters = buckets.findIndex((bucket) => bucket >= lettersFrom);
  const border = firstLetters < 0 ? values.length : firstLetters;
  scaleTo(Math.SQRT1_2, values.subarray(0, border));
  scaleTo(Math.SQRT1_2, values.subarray(border));
  return values;
}

const lettersFrom = termKinds[0].buckets + termKinds[1].buckets;

function scaleTo(length: number, values: Float64Array): void {
  let squares = 0;
  for (const value of values) squares += value * value;
  if (squares === 0) return;
  const factor = length / Math.sqrt(squares);
  for (let at = 0; at < values.length; at += 1) values[at] = (values[at] ?? 0) * factor;
}

/** The share of a prompt's words that were learned, the rarer ones counting more; 0..1. */
export function familiarityOf({ buckets }: PromptTerms, rarities: Uint8Array, prompts: number): number {
  let known = 0;
  let unknown = 0;
  for (const bucket of buckets) {
    if (bucket >= termKinds[0].buckets) continue;
    const rarity = rarities[bucket] ?? 0;
    if (rarity === 0) unknown += unknownRarity(prompts);
    else known += rarityOf(rarity);
  }
  return known + unknown === 0 ? 0 : known / (known + unknown);
}
