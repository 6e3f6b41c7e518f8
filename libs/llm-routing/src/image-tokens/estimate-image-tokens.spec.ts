import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { imageRuleSchema, type ImageRule, type ImageRuleInput } from '../catalog/image-rule.js';
import { estimateImageTokens, imageDetails, type ImageDetail } from './estimate-image-tokens.js';

const rule = (input: ImageRuleInput): ImageRule => imageRuleSchema.parse(input);
const exact = { billed: { least: 1, most: 1 } };

const gpt4o = rule({ rule: 'openai-tiles', baseTokens: 85, tileTokens: 170, ...exact });
const gpt41Mini = rule({ rule: 'openai-patches', multiplier: 1.62, maxPatches: 1536, ...exact });
const patches = rule({ rule: 'openai-patches', multiplier: 1, maxPatches: 1536, ...exact });
const gpt54 = rule({
  rule: 'openai-patches',
  multiplier: 1.2,
  maxPatches: 2500,
  maxPatchesOriginal: 10_000,
  ...exact,
});
const claude = rule({ rule: 'claude-patches', maxEdgePx: 1568, maxTokens: 1568, ...exact });
const opus47 = rule({ rule: 'claude-patches', maxEdgePx: 2576, maxTokens: 4784, ...exact });
const gemini2 = rule({ rule: 'gemini-tiles', smallEdgePx: 384, tilePx: 768, tokensPerTile: 258, ...exact });
const gemini3 = rule({ rule: 'gemini-resolution', low: 280, medium: 560, high: 1120, original: 2240, ...exact });
const qwen = rule({ rule: 'clamped-grid', patchPx: 28, minTokens: 4, maxTokens: 1280, ...exact });
const llama = rule({
  rule: 'capped-tiles',
  tilePx: 560,
  maxTiles: 4,
  tokensPerTile: 1601,
  overviewTiles: 0,
  ...exact,
});
const grok = rule({ rule: 'capped-tiles', tilePx: 448, maxTiles: 6, tokensPerTile: 256, overviewTiles: 1, ...exact });

describe('estimateImageTokens', () => {
  it.each<[string, ImageRule, number, number, ImageDetail, number]>([
    ['a square on gpt-4o', gpt4o, 1024, 1024, 'high', 765],
    ['a tall picture on gpt-4o', gpt4o, 2048, 4096, 'high', 1105],
    ['anything at low detail on gpt-4o', gpt4o, 4096, 8192, 'low', 85],
    ['patches of a square', patches, 1024, 1024, 'high', 1024],
    ['patches of a picture over the cap', patches, 1800, 2400, 'high', 1452],
    ['patches times the factor', gpt41Mini, 1024, 1024, 'high', 1659],
    ['a page at 150 dpi on gpt-5.4', gpt54, 1240, 1754, 'high', Math.round(39 * 55 * 1.2)],
    ['a small picture on Claude', claude, 200, 200, 'high', 64],
    ['a square on Claude', claude, 1000, 1000, 'high', 36 * 36],
    ['a large square on Opus 4.7', opus47, 1920, 1920, 'high', 69 * 69],
    ['a small picture on Gemini 2', gemini2, 384, 384, 'high', 258],
    ['a tiled picture on Gemini 2', gemini2, 960, 540, 'high', 516],
    ['low detail on Gemini 3', gemini3, 3000, 3000, 'low', 280],
    ['high detail on Gemini 3', gemini3, 10, 10, 'high', 1120],
    ['a grid on Qwen', qwen, 280, 560, 'high', 200],
    ['a large picture on Llama', llama, 4000, 4000, 'high', 4 * 1601],
    ['a picture on Grok', grok, 896, 448, 'high', 3 * 256],
  ])('counts %s', (_what, family, widthPx, heightPx, detail, tokens) => {
    expect(estimateImageTokens(family, { widthPx, heightPx }, detail).expected).toBe(tokens);
  });

  it('spans what bills were measured to be', () => {
    const mini = rule({
      rule: 'openai-patches',
      multiplier: 1.62,
      maxPatches: 1536,
      billed: { least: 1.2 / 1.62, most: 1.05 },
    });
    const { least, expected, most } = estimateImageTokens(mini, { widthPx: 1024, heightPx: 1024 }, 'high');
    expect({ least, expected, most }).toEqual({ least: 1228, expected: 1659, most: 1742 });
  });

  it('spans both counts of Claude', () => {
    const both = estimateImageTokens(claude, { widthPx: 1000, heightPx: 1000 }, 'high');
    expect(both).toEqual({ least: 1296, expected: 1296, most: 1334 });
  });

  const rules = [gpt4o, gpt41Mini, gpt54, claude, opus47, gemini2, gemini3, qwen, llama, grok];
  const side = fc.integer({ min: 1, max: 20_000 });

  it('is a whole, positive interval, the same for a picture and its turned self', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rules), side, side, fc.constantFrom(...imageDetails), (family, a, b, detail) => {
        const interval = estimateImageTokens(family, { widthPx: a, heightPx: b }, detail);
        expect(Object.values(interval).every((tokens) => Number.isInteger(tokens) && tokens > 0)).toBe(true);
        expect(interval.least).toBeLessThanOrEqual(interval.expected);
        expect(interval.expected).toBeLessThanOrEqual(interval.most);
        expect(estimateImageTokens(family, { widthPx: b, heightPx: a }, detail)).toEqual(interval);
      }),
    );
  });

  it('keeps to the caps', () => {
    fc.assert(
      fc.property(side, side, (widthPx, heightPx) => {
        const most = (family: ImageRule, detail: ImageDetail) =>
          estimateImageTokens(family, { widthPx, heightPx }, detail).most;
        expect(most(patches, 'high')).toBeLessThanOrEqual(1536);
        expect(most(gpt54, 'original')).toBeLessThanOrEqual(12_000);
        expect(most(claude, 'high')).toBeLessThanOrEqual(1568);
        expect(most(opus47, 'high')).toBeLessThanOrEqual(4784);
        expect(most(llama, 'high')).toBeLessThanOrEqual(4 * 1601);
      }),
    );
  });
});
