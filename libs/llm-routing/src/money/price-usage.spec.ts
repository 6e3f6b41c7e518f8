import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pricesSchema, type Prices } from '../catalog/prices.js';
import { nanodollarsOf, picodollarsOf, picodollarsPerToken, usdOf } from './picodollars.js';
import { priceUsage } from './price-usage.js';
import { noUsage, type ModelUsage } from './usage.js';

const metered = (standard: object, more = {}): Prices =>
  pricesSchema.parse({ kind: 'metered', usdPerMillion: { standard, ...more } });

describe('picodollars', () => {
  it('are exact for every price with six decimals, and add up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000 }), fc.nat(10_000_000), (millionths, tokens) => {
        expect(picodollarsPerToken(millionths / 1e6)).toBe(BigInt(millionths));
        expect(picodollarsPerToken(millionths / 1e6) * BigInt(tokens)).toBe(BigInt(millionths) * BigInt(tokens));
      }),
    );
  });

  it.each([-1, Number.NaN, Infinity, 1e-13, 1e50])('refuse %d USD', (usd) => {
    expect(() => picodollarsOf(usd)).toThrow(RangeError);
  });

  it('refuse a price finer than a millionth of a dollar a million tokens', () => {
    expect(() => picodollarsPerToken(0.0000001)).toThrow('at most six decimals');
  });

  it('round up to nano-dollars, never down', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), (amount) => {
        const excess = nanodollarsOf(amount) * 1_000n - amount;
        expect(excess >= 0n && excess < 1_000n).toBe(true);
      }),
    );
  });
});

describe('priceUsage', () => {
  const usage = (differs: Partial<ModelUsage>): ModelUsage => ({ ...noUsage, ...differs });

  it('bills cached tokens as cached: 0.18 USD, not 0.76', () => {
    const prices = metered({ input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 });
    const used = usage({ inputTokens: 150_000, cachedInputTokens: 130_000, outputTokens: 600 });
    expect(usdOf(priceUsage(prices, used))).toBe(0.18);
    expect(usdOf(priceUsage(metered({ input: 5, output: 25 }), used))).toBe(0.765);
  });

  it('reprices the whole call beyond a long-context step', () => {
    const prices = metered({
      input: 5,
      output: 30,
      longContext: [{ aboveInputTokens: 272_000, input: 10, output: 45 }],
    });
    expect(usdOf(priceUsage(prices, usage({ inputTokens: 272_000, outputTokens: 1_000 })))).toBe(1.39);
    expect(usdOf(priceUsage(prices, usage({ inputTokens: 272_001, outputTokens: 1_000 })))).toBe(2.76501);
  });

  it('bills the service that was used, and knows no price that is not stated', () => {
    const prices = metered({ input: 2, output: 4 }, { batch: { input: 1, output: 2 } });
    const used = usage({ inputTokens: 1_000_000, outputTokens: 1_000_000 });
    expect(usdOf(priceUsage(prices, used, 'batch'))).toBe(3);
    expect(() => priceUsage(prices, used, 'flex')).toThrow('no flex price');
  });

  it('bills reasoning, image tokens, pages and images by their own prices', () => {
    const prices = metered({ input: 1, output: 2, reasoning: 3, image: 4, usdPerPage: 0.001, usdPerImage: 0.002 });
    const used = usage({ inputTokens: 10, imageTokens: 4, outputTokens: 10, reasoningTokens: 5 });
    expect(priceUsage(prices, used, 'standard', { pages: 1, images: 2 })).toBe(
      6_000_000n + 16_000_000n + 10_000_000n + 15_000_000n + 1_000_000_000n + 4_000_000_000n,
    );
  });

  it('is free only where that is stated', () => {
    expect(priceUsage({ kind: 'free' }, usage({ inputTokens: 1_000_000 }))).toBe(0n);
    expect(() => metered({ input: 0, output: 0 })).toThrow('a price of 0 does not mean free');
  });

  it('lies between all tokens at the lowest and all at the highest price, and grows with every share it is split into', () => {
    const rate = fc.integer({ min: 1, max: 100_000_000 }).map((millionths) => millionths / 1e6);
    const rates = fc.record({ input: rate, output: rate, cacheRead: rate, cacheWrite: rate, reasoning: rate });
    const shares = fc.tuple(fc.nat(100_000), fc.nat(100_000), fc.nat(100_000), fc.nat(100_000), fc.nat(100_000));
    fc.assert(
      fc.property(rates, shares, (sheet, [plain, cached, written, said, thought]) => {
        const cost = priceUsage(
          metered(sheet),
          usage({
            inputTokens: plain + cached + written,
            cachedInputTokens: cached,
            cacheWrittenInputTokens: written,
            outputTokens: said + thought,
            reasoningTokens: thought,
          }),
        );
        const each = Object.values(sheet).map(picodollarsPerToken);
        const total = BigInt(plain + cached + written + said + thought);
        const [least, most] = [each.reduce((a, b) => (a < b ? a : b)), each.reduce((a, b) => (a > b ? a : b))];
        expect(cost >= total * least && cost <= total * most).toBe(true);
        expect(cost).toBe(
          BigInt(plain) * picodollarsPerToken(sheet.input) +
            BigInt(cached) * picodollarsPerToken(sheet.cacheRead) +
            BigInt(written) * picodollarsPerToken(sheet.cacheWrite) +
            BigInt(said) * picodollarsPerToken(sheet.output) +
            BigInt(thought) * picodollarsPerToken(sheet.reasoning),
        );
      }),
    );
  });
});
