import { describe, expect, it } from '@jest/globals';
import { pageKinds } from '@waybill/contracts';
import { layOutPage } from '@waybill/document-layout';
import fc from 'fast-check';
import { classifyReadPage, lookAtPage } from './classify-page.js';
import { classOfKind } from './name-page.js';
import type { PageLook } from './page-look.js';

type Paint = (x: number, y: number) => readonly [number, number, number];

function paint(width: number, height: number, colour: Paint): PageLook {
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at += 1) data.set(colour(at % width, Math.floor(at / width)), at * 3);
  return { data, width, height, channels: 3 };
}

const white = [255, 255, 255] as const;
const black = [20, 20, 20] as const;
/** Cloudy colours with grain: no two neighbours are alike. */
const lens: Paint = (x, y) => {
  const grain = ((x * 7919 + y * 104_729) % 23) - 11;
  const light = 120 + 70 * Math.sin(x / 37) * Math.cos(y / 29) + 30 * Math.sin((x + y) / 11) + grain;
  return [light, light * 0.8 + 20, light * 0.6 + 30].map((part) => Math.max(0, Math.min(255, part))) as never;
};
/** Letters of three by six pixels in words and even lines. */
const print: Paint = (x, y) => {
  const isInside = x > 60 && x < 540 && y > 60 && y < 740;
  const isLetter = x % 6 < 3 && y % 14 < 7 && Math.floor(x / 6) % 7 !== 0;
  return isInside && isLetter ? black : white;
};

describe('lookAtPage', () => {
  it('knows an empty sheet, running print and a photograph', () => {
    expect(lookAtPage(paint(500, 700, () => white)).classification.kind).toBe('blank');
    expect(lookAtPage(paint(600, 800, print)).classification.class).toBe('dense');
    expect(lookAtPage(paint(500, 400, lens)).classification.class).toBe('photo');
  });

  it('gives every picture a probability of each kind, and a kind of its class', () => {
    const side = fc.integer({ min: 1, max: 40 });
    const look = fc
      .tuple(side, side, fc.constantFrom<1 | 3>(1, 3))
      .chain(([width, height, channels]) =>
        fc
          .uint8Array({ minLength: width * height * channels, maxLength: width * height * channels })
          .map((data): PageLook => ({ data, width, height, channels })),
      );
    fc.assert(
      fc.property(look, (page) => {
        const { probabilities, classification } = lookAtPage(page);
        const sum = pageKinds.reduce((total, kind) => total + probabilities[kind], 0);
        expect(sum).toBeCloseTo(1, 6);
        expect(classification.class).toBe(classOfKind[classification.kind]);
        expect(classification.kinds[0]?.kind).toBe(classification.kind);
      }),
    );
  });
});

describe('classifyReadPage', () => {
  const emptySheet = lookAtPage(paint(500, 700, () => white));
  const layoutOf = (...texts: readonly string[]) =>
    layOutPage({
      ...{ document: 0, page: 1, width: 500, height: 700, unit: 'pt', dpi: null, rotation: 0, skewDegrees: 0 },
      ...{ source: 'ocr', engine: { name: 'told', version: '1' }, languages: ['eng'], remarks: [] },
      words: texts.map((text, at) => ({ text, box: [40 + 90 * at, 60, 110 + 90 * at, 72], confidence: 0.95 })),
    });

  it('calls no page blank on which words were read, however few', () => {
    expect(emptySheet.classification.kind).toBe('blank');
    const { probabilities, classification } = classifyReadPage(emptySheet, layoutOf('Total', 'to', 'pay', '25.75'));
    expect(probabilities.blank).toBe(0);
    expect(classification.kind).not.toBe('blank');
    expect(pageKinds.reduce((sum, kind) => sum + probabilities[kind], 0)).toBeCloseTo(1, 6);
  });

  it('takes a speck that was read as a letter for no word', () => {
    expect(classifyReadPage(emptySheet, layoutOf('.')).classification.kind).toBe('blank');
  });
});
