/**
 * Money inside the router: an integer count of picodollars (1e-12 USD). A price of 1 USD a million tokens is a million
 * picodollars a token, so every listed price (at most six decimals) is an integer a token and sums are exact.
 */
export type Picodollars = bigint;

const decimals = 12;

/**
 * An amount in USD, exactly as it is written in decimals.
 * @throws RangeError for what is negative, not finite, or finer than a picodollar.
 */
export function picodollarsOf(usd: number): Picodollars {
  const amount = scaled(usd, decimals);
  if (amount === undefined) {
    throw new RangeError(`${usd} USD is no amount; write a number from 0 up with at most ${decimals} decimals.`);
  }
  return amount;
}

/** The price of one token, from a price in USD a million tokens. @throws RangeError when finer than 0.000001 USD. */
export function picodollarsPerToken(usdPerMillion: number): Picodollars {
  const known = knownPrices.get(usdPerMillion);
  if (known !== undefined) return known;
  const price = scaled(usdPerMillion, decimals - 6);
  if (price === undefined) {
    throw new RangeError(`${usdPerMillion} USD a million tokens is no price; write at most six decimals.`);
  }
  if (knownPrices.size < mostKnownPrices) knownPrices.set(usdPerMillion, price);
  return price;
}

/** A catalog has few different prices, and every call is priced by some of them. */
const knownPrices = new Map<number, Picodollars>();
const mostKnownPrices = 4_096;

/** The shortest decimals that stand for a number, times ten to the power of `places`; undefined where a rest is left. */
function scaled(value: number, places: number): bigint | undefined {
  const [, whole = '', fraction = '', exponent = '0'] = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  const power = places + Number(exponent) - fraction.length;
  if (whole === '' || power > 30) return undefined;
  const digits = BigInt(whole + fraction);
  if (power >= 0) return digits * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return digits % divisor === 0n ? digits / divisor : undefined;
}

/** Whole nano-dollars (1e-9 USD), rounded up: what a ledger stores never understates what was spent. */
export const nanodollarsOf = (amount: Picodollars): bigint => (amount + 999n) / 1_000n;

/** In USD, for people and for JSON; exact to a double's 15 digits. */
export const usdOf = (amount: Picodollars): number => Number(amount) / 1e12;

/** In USD as a decimal with all 12 places, for stores of decimals: exact. */
export function decimalUsdOf(amount: Picodollars): string {
  const digits = String(amount < 0n ? -amount : amount).padStart(decimals + 1, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** An amount from such a decimal. @throws RangeError for what is none, or is finer than a picodollar. */
export function picodollarsOfDecimal(usd: string): Picodollars {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(usd) ?? [];
  const digits = fraction.replace(/0+$/, '');
  if (whole === '' || digits.length > decimals)
    throw new RangeError(`"${usd}" is no amount with at most ${decimals} decimals.`);
  const amount = BigInt(whole + digits.padEnd(decimals, '0'));
  return sign === '-' ? -amount : amount;
}
