import { describe, expect, it } from '@jest/globals';
import type { PageLayout } from '@waybill/contracts';
import { layOutPage, type RawWord } from '@waybill/document-layout';
import { measureScales } from './measure-scales.js';

const layoutOf = (words: RawWord[]): PageLayout =>
  layOutPage({
    ...{
      document: 0,
      page: 1,
      width: 400,
      height: 300,
      unit: 'pt',
      dpi: null,
      rotation: 0,
      skewDegrees: 0,
      source: 'ocr',
    },
    ...{ engine: { name: 'test', version: '1' }, languages: ['eng'], remarks: [], words },
  });
const wordAt = (text: string, x: number, y: number): RawWord => ({ text, box: [x, y, x + 20, y + 10], confidence: 1 });
const across = (texts: readonly string[], pitch: number): PageLayout =>
  layoutOf(texts.map((text, at) => wordAt(text, 40 + at * pitch, 250)));
const down = (texts: readonly string[], pitch: number): PageLayout =>
  layoutOf(texts.map((text, at) => wordAt(text, 10, 20 + at * pitch)));

describe('measureScales', () => {
  it('finds figures that stand evenly apart and rise or fall evenly', () => {
    expect(measureScales(across(['0', '1,000', '2,000', '3,000'], 80)).scaleAcross).toBeCloseTo(Math.log1p(4));
    expect(measureScales(down(['0.6', '0.4', '0.2', '0.0', '-0.2'], 50)).scaleDown).toBeCloseTo(Math.log1p(5));
  });

  it('takes no other figures for a scale', () => {
    expect(measureScales(across(['12', '40', '41', '97'], 80)).scaleAcross).toBe(0);
    expect(measureScales(down(['5', '5', '5', '5'], 50)).scaleDown).toBe(0);
    expect(measureScales(across(['10', '20'], 80)).scaleAcross).toBe(0);
    expect(measureScales(layoutOf([])).scaleAcross).toBe(0);
  });
});
