import { describe, expect, it } from '@jest/globals';
import type { Box } from '@waybill/contracts';
import fc from 'fast-check';
import { isBlank } from '../is-blank.js';
import type { PageRaster } from '../ocr-engine.js';
import { agreementOf, differingWords } from './compare-words.js';
import { findPictureParts, joinStrips } from './find-picture-parts.js';
import { hasInkUnder, showsUnder } from './ink-under.js';
import { hidesWords, judgeTextLayer } from './judge-text-layer.js';
import type { LayerWord } from './layer-word.js';
import { mergePictureWords } from './merge-picture-words.js';
import { rateLetterShapes } from './rate-letter-shapes.js';
import { settleTextLayer } from './settle-text-layer.js';

const page = { width: 600, height: 800 };
const text = fc.string({ unit: fc.constantFrom(...'abcdefghij0123'), minLength: 1, maxLength: 9 });
const box = fc
  .tuple(fc.nat(500), fc.nat(700), fc.integer({ min: 1, max: 90 }), fc.integer({ min: 4, max: 30 }))
  .map(([x, y, width, height]): Box => [x, y, x + width, y + height]);
const word = fc.record({ text, box, confidence: fc.constant(1) });
const cause = fc.constantFrom('invisible', 'unseen', 'off-page', 'tiny', 'crowded' as const);
const layerWord: fc.Arbitrary<LayerWord> = fc.oneof(
  word,
  fc.record({
    text,
    box,
    confidence: fc.constant(1),
    hidden: cause,
    standsOnInk: fc.boolean(),
  }) as fc.Arbitrary<LayerWord>,
);
const words = fc.array(word, { minLength: 1, maxLength: 40 });
const layer = fc.array(layerWord, { maxLength: 40 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const evidenceOf = (found: readonly LayerWord[], largestImageShare: number) => ({
  words: found,
  page,
  shownCharacters: found.filter(({ hidden }) => !hidden).reduce((sum, each) => sum + each.text.length, 0),
  ...{ unmappedCharacters: 0, misshapenShare: 0, largestImageShare },
});
const hiddenOf = (found: readonly LayerWord[]): LayerWord[] => found.filter(({ hidden }) => hidden !== undefined);

describe('judging a text layer', () => {
  it('accounts for every hidden word under one cause, and never takes a layer that hides words', () => {
    fc.assert(
      fc.property(layer, share, (found, imageShare) => {
        const { take, report } = judgeTextLayer(evidenceOf(found, imageShare));
        const hidden = hiddenOf(found);
        expect(report.words).toBe(found.length);
        expect(report.hiddenWords).toBe(hidden.length);
        expect(report.reasons.reduce((sum, reason) => sum + reason.words, 0)).toBe(hidden.length);
        if (hidesWords(hidden)) expect([take, report.verdict]).not.toContain('words');
        if (take === 'words') expect(report.verdict).toBe('sound');
      }),
    );
  });

  it('does not depend on the page’s unit', () => {
    fc.assert(
      fc.property(layer, share, fc.integer({ min: 2, max: 9 }), (found, imageShare, factor) => {
        const large = found.map((each) => ({ ...each, box: each.box.map((edge) => factor * edge) as Box }));
        const largePage = { width: factor * page.width, height: factor * page.height };
        const one = judgeTextLayer(evidenceOf(found, imageShare));
        const other = judgeTextLayer({ ...evidenceOf(large, imageShare), page: largePage });
        expect([other.take, other.report.verdict]).toEqual([one.take, one.report.verdict]);
        const flat = (judged: typeof one): number[] => judged.report.reasons.flatMap(({ boxes }) => boxes.flat());
        flat(other).forEach((edge, index) => expect(edge).toBeCloseTo(flat(one)[index] ?? 0, 9));
      }),
    );
  });

  it('settles on the picture whenever words are hidden, and on the text only where the picture agrees', () => {
    fc.assert(
      fc.property(layer, words, (found, seen) => {
        const { report } = judgeTextLayer(evidenceOf(found, 1));
        const settled = settleTextLayer({ words: found, page, report }, seen);
        if (settled.take === 'picture') return;
        expect(hidesWords(hiddenOf(found))).toBe(false);
        expect(settled.report.agreement).toBeGreaterThanOrEqual(0.5);
      }),
    );
  });
});

describe('comparing words', () => {
  it('finds that words agree with themselves, in any order, and stays between 0 and 1', () => {
    fc.assert(
      fc.property(words, words, (some, others) => {
        expect(agreementOf(some, [...some].reverse())).toBe(1);
        expect(differingWords(some, some)).toEqual([]);
        const agreement = agreementOf(some, others);
        expect(agreement).toBeGreaterThanOrEqual(0);
        expect(agreement).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('keeps every word of the text when pictures add theirs, and adds none over them', () => {
    fc.assert(
      fc.property(words, words, (own, found) => {
        const merged = mergePictureWords(own, found);
        expect(merged.slice(0, own.length)).toEqual(own);
        expect(mergePictureWords(own, own)).toEqual(own);
        expect(merged.length).toBeLessThanOrEqual(own.length + found.length);
      }),
    );
  });
});

describe('letter shapes', () => {
  const heights = new Map<string, number>([...'aceomnrsuvwxz'].map((letter) => [letter, 0.5]));
  for (const letter of 'bdfhkl') heights.set(letter, 0.72);
  const letters = [...heights.keys()];
  const written = fc.array(fc.constantFrom(...letters), { minLength: 200, maxLength: 400 });

  it('are those of the letters, whatever the size of the font', () => {
    fc.assert(
      fc.property(written, fc.integer({ min: 1, max: 50 }), (line, size) => {
        const shapes = line.map((letter) => ({ font: 1, letter, height: size * heights.get(letter)! }));
        expect(rateLetterShapes(shapes)).toBe(0);
      }),
    );
  });

  it('are not, where letters were exchanged', () => {
    fc.assert(
      fc.property(written, fc.integer({ min: 7, max: 11 }), (line, places) => {
        const claimed = (letter: string): string => letters[(letters.indexOf(letter) + places) % letters.length]!;
        const shapes = line.map((letter) => ({ font: 1, letter: claimed(letter), height: heights.get(letter)! }));
        expect(rateLetterShapes(shapes)).toBeGreaterThan(0.2);
      }),
    );
  });
});

const rasterOf = (width: number, height: number, shade: number): PageRaster => ({
  ...{ data: new Uint8Array(width * height).fill(shade), width, height, channels: 1, dpi: 130 },
});
const ink = (raster: PageRaster, [x0, y0, x1, y1]: Box, shade: number): PageRaster => {
  const data = Uint8Array.from(raster.data);
  for (let y = y0; y < y1; y += 1) data.fill(shade, y * raster.width + x0, y * raster.width + x1);
  return { ...raster, data };
};

describe('looking at pixels', () => {
  const spot = fc.tuple(fc.nat(80), fc.nat(60)).map(([x, y]): Box => [x, y, x + 12, y + 9]);

  it('takes paper of any shade for blank, and no page with ink on it', () => {
    fc.assert(
      fc.property(fc.nat(255), spot, (shade, place) => {
        const paper = rasterOf(100, 80, shade);
        expect(isBlank(paper)).toBe(true);
        expect(isBlank(ink(paper, place, shade > 127 ? shade - 100 : shade + 100))).toBe(false);
      }),
    );
  });

  it('sees a word exactly where the page changes with it', () => {
    fc.assert(
      fc.property(spot, spot, (place, elsewhere) => {
        const bare = rasterOf(100, 80, 255);
        const drawn = ink(bare, place, 0);
        const [x0, y0, x1, y1] = place;
        expect(showsUnder(drawn, bare, place)).toBe(true);
        expect(showsUnder(drawn, drawn, place)).toBe(false);
        expect(hasInkUnder(bare, place)).toBe(false);
        const isApart = elsewhere[0] >= x1 || elsewhere[2] <= x0 || elsewhere[1] >= y1 || elsewhere[3] <= y0;
        if (isApart) expect(showsUnder(drawn, bare, elsewhere)).toBe(false);
      }),
    );
  });

  it('joins the strips of a picture again, and reads a written one only', () => {
    const paper = rasterOf(page.width / 2, page.height / 2, 255);
    let written = paper;
    for (let x = 75; x < 200; x += 10) written = ink(written, [x, 150, x + 5, 162], 0);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (count) => {
        const height = 600 / count;
        const strips = Array.from({ length: count }, (_, row): { box: Box } => ({
          box: [100, 100 + row * height, 500, 100 + (row + 1) * height],
        }));
        const [whole, ...more] = joinStrips(strips);
        expect(more).toEqual([]);
        expect(whole?.map(Math.round)).toEqual([100, 100, 500, 700]);
        expect(findPictureParts(strips, paper, page)).toEqual([]);
        expect(findPictureParts(strips, written, page)).toEqual([whole]);
      }),
      { numRuns: 24 },
    );
  });
});
