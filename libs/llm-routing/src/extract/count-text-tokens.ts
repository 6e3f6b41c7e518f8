import type { TokenInterval } from '../image-tokens/estimate-image-tokens.js';

/**
 * Tokens of a text, from its length alone. Families' tokenizers differ by more than this is wrong: prose is about four
 * characters a token, numbered words and figures about three; bills have been seen between two and five and a half.
 */
export const countTextTokens = (characters: number): TokenInterval => ({
  least: Math.floor(characters / 5.5),
  expected: Math.round(characters / 3.3),
  most: Math.ceil(characters / 2),
});

/** Output: JSON of the wrapped values. A value takes about 28 tokens with its name, its words and its wrapping. */
export function countAnswerTokens(values: number): TokenInterval {
  const expected = 20 + 28 * values;
  // Models that think before they answer are billed for it as output.
  return { least: Math.round(expected / 3), expected, most: 4 * expected + 1_000 };
}
