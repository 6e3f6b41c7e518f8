import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { imageRuleSchema, type ImageRuleInput } from '../catalog/image-rule.js';
import { estimateImageTokens, imageDetails, type ImageDetail } from './estimate-image-tokens.js';
import { shrinkFor } from './shrink-for.js';
import { usefulSize } from './useful-size.js';

const card = (rule: ImageRuleInput, maxImageEdgePx?: number) => ({
  imageRule: imageRuleSchema.parse({ ...rule, billed: { least: 1, most: 1 } }),
  limits: maxImageEdgePx === undefined ? {} : { maxImageEdgePx },
});

const tiles = card({ rule: 'openai-tiles', baseTokens: 85, tileTokens: 170 });
const patches = card({ rule: 'openai-patches', multiplier: 1.2, maxPatches: 2500, maxPatchesOriginal: 10_000 });
const claude = card({ rule: 'claude-patches', maxEdgePx: 1568, maxTokens: 1568 }, 8_000);
const gemini = card({ rule: 'gemini-tiles', smallEdgePx: 384, tilePx: 768, tokensPerTile: 258 });
const resolution = card({ rule: 'gemini-resolution', low: 280, medium: 560, high: 1120, original: 2240 });
const grid = card({ rule: 'clamped-grid', patchPx: 28, minTokens: 4, maxTokens: 1280 });
const capped = card({ rule: 'capped-tiles', tilePx: 560, maxTiles: 4, tokensPerTile: 1601, overviewTiles: 0 });

describe('the size at which a model looks at a picture', () => {
  it.each<[string, ReturnType<typeof card>, [number, number], ImageDetail, [number, number]]>([
    ['two thousand pixels, then a short side of 768', tiles, [3000, 4000], 'high', [768, 1024]],
    ['512 pixels at low detail', tiles, [3000, 4000], 'low', [384, 512]],
    ['as many patches as it takes', patches, [4032, 3024], 'high', [1824, 1368]],
    ['all of them where the original is asked for', patches, [3200, 3200], 'original', [3200, 3200]],
    ['what the cap of Claude leaves', claude, [1920, 1920], 'high', [1092, 1092]],
    ['what detail asks for, where the rule does not shrink', gemini, [4032, 3024], 'high', [2048, 1536]],
    ['a long strip, as long as its patches allow', patches, [8000, 640], 'high', [5600, 448]],
    ['all of a small picture', claude, [640, 480], 'high', [640, 480]],
  ])('is %s', (_what, model, [widthPx, heightPx], detail, [width, height]) => {
    expect(usefulSize(model, { widthPx, heightPx }, detail)).toEqual({ widthPx: width, heightPx: height });
  });

  const side = fc.integer({ min: 1, max: 12_000 });

  it('is never larger than the picture, never costs more, and costs the same where the rule shrinks by itself', () => {
    const models = [tiles, patches, claude, gemini, resolution, grid, capped];
    fc.assert(
      fc.property(
        fc.constantFrom(...models),
        side,
        side,
        fc.constantFrom(...imageDetails),
        (model, widthPx, heightPx, detail) => {
          const useful = usefulSize(model, { widthPx, heightPx }, detail);
          expect(useful.widthPx).toBeLessThanOrEqual(widthPx);
          expect(useful.heightPx).toBeLessThanOrEqual(heightPx);
          const tokens = (size: typeof useful) => estimateImageTokens(model.imageRule, size, detail).expected;
          expect(tokens(useful)).toBeLessThanOrEqual(tokens({ widthPx, heightPx }));
          if (model === tiles && detail === 'high') expect(tokens(useful)).toBe(tokens({ widthPx, heightPx }));
        },
      ),
    );
  });
});

describe('a picture that is made smaller before it is sent', () => {
  const photo = { widthPx: 4032, heightPx: 3024, bytes: 6_000_000, mediaType: 'image/jpeg' };
  const terms = { aboveBytes: 200_000 };

  it('is as large as the model looks, and keeps to its limit of bytes', () => {
    const sent = shrinkFor(claude, photo, 'high', terms)!;
    expect(sent).toMatchObject({ ...usefulSize(claude, photo, 'high'), savesTokens: false });
    expect(sent.bytesMost).toBeLessThan(1_500_000);
  });

  it('saves tokens where the rule shrinks nothing, and is made so however few bytes it has', () => {
    const few = { ...photo, bytes: 90_000 };
    expect(shrinkFor(gemini, few, 'high', terms)).toMatchObject({ widthPx: 2048, heightPx: 1536, savesTokens: true });
    expect(shrinkFor(claude, few, 'high', terms)).toBeUndefined();
  });

  it.each<[string, Partial<typeof photo>]>([
    ['it would keep most of its pixels', { widthPx: 1300, heightPx: 1000 }],
    ['it may move', { mediaType: 'image/gif' }],
  ])('goes as it is where %s', (_why, other) => {
    expect(shrinkFor(claude, { ...photo, ...other }, 'high', terms)).toBeUndefined();
  });
});
