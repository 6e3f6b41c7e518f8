import { describe, expect, it } from '@jest/globals';
import type { RawWord } from '@waybill/document-layout';
import { chooseSource } from './choose-source.js';

const layerOf = (texts: readonly string[], counts: { unmapped?: number; hidden?: number } = {}) => ({
  words: texts.map((text): RawWord => ({ text, box: [0, 0, 1, 1], confidence: 1 })),
  shownCharacters: texts.join('').length,
  unmappedCharacters: counts.unmapped ?? 0,
  hiddenCharacters: counts.hidden ?? 0,
});
const letter = layerOf(Array(60).fill('word') as string[]);

describe('chooseSource', () => {
  it('takes the text of a digital page', () => {
    expect(chooseSource({ layer: letter, largestImageShare: 0 }).source).toBe('text-layer');
    expect(chooseSource({ layer: letter, largestImageShare: 0.9 }).source).toBe('text-layer');
  });

  it('reads a scan as a picture, also when a page number was stamped on it', () => {
    expect(chooseSource({ layer: layerOf([]), largestImageShare: 1 })).toEqual({ source: 'ocr' });
    expect(chooseSource({ layer: layerOf(['Page', '1']), largestImageShare: 0.98 })).toEqual({ source: 'ocr' });
  });

  it('takes the words of a slide beside its picture, but not a mere caption', () => {
    const slide = layerOf(Array(20).fill('word') as string[]);
    expect(chooseSource({ layer: slide, largestImageShare: 0.55 }).source).toBe('text-layer');
    expect(chooseSource({ layer: layerOf(['Figure', '3']), largestImageShare: 0.55 }).source).toBe('ocr');
  });

  it('takes few words on a page without a picture', () => {
    expect(chooseSource({ layer: layerOf(['Chapter', '1']), largestImageShare: 0 }).source).toBe('text-layer');
  });

  it('does not believe invisible text, and says so', () => {
    const choice = chooseSource({ layer: layerOf([], { hidden: 900 }), largestImageShare: 1 });
    expect(choice).toEqual({ source: 'ocr', remark: expect.stringContaining('invisible') });
  });

  it('reads the picture when letters have no meaning', () => {
    expect(chooseSource({ layer: layerOf(['abcdefghij'], { unmapped: 3 }), largestImageShare: 0 }).source).toBe('ocr');
    expect(chooseSource({ layer: layerOf(['#$%&/()=?!']), largestImageShare: 0 }).source).toBe('ocr');
  });

  it('takes a table of contents, which is mostly dots', () => {
    const contents = layerOf(['Introduction', '.'.repeat(50), '7']);
    expect(chooseSource({ layer: contents, largestImageShare: 0 }).source).toBe('text-layer');
  });
});
