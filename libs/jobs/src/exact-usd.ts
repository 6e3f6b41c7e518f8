/**
 * A sum of amounts as exact as single uses are stated (1e-10 USD), without the dust of binary fractions: sums come out
 * the same in every order.
 */
export const exactUsd = (usd: number): number => Math.round(usd * 1e10) / 1e10;
