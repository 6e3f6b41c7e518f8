import { describe, expect, it } from '@jest/globals';
import type { ExtractedField } from '@waybill/contracts';
import fc from 'fast-check';
import { layOutPage } from './lay-out-page.js';
import { renderOverlay } from './render-overlay.js';
import { drawReading } from './testing/draw-reading.js';

const layout = layOutPage(
  drawReading([{ x: 60, y: 80, text: 'Total: 12.50' }], {
    squares: [{ box: [45, 80, 55, 90], ink: 'marked' }],
    pictures: [{ box: [300, 400, 600, 800], kind: 'picture', certainty: 0.5 }],
  }),
);

describe('renderOverlay', () => {
  it('draws every box where it stands, coloured by confidence', () => {
    const svg = renderOverlay(layout);
    expect(svg).toContain('viewBox="0 0 1050 1444"');
    expect(svg).toContain(
      '<rect class="doubtful" x="525" y="700" width="525" height="700"><title>picture (0.50)</title>',
    );
    expect(svg.match(/<g class="words">(.*)<\/g>/)?.[1]?.match(/<rect class="sure"/g)).toHaveLength(2);
    expect(svg).toContain('<title>Total: 12.50 (0.85)</title>');
    expect(svg).toContain('<title>checked Total: 12.50 (0.81)</title>');
  });

  it('leaves a slip of a till wide enough to be read, and every sheet as long as the others', () => {
    const sizeOf = (width: number, height: number) =>
      /viewBox="0 0 (\d+) (\d+)"/
        .exec(renderOverlay({ ...layout, width, height }))
        ?.slice(1)
        .map(Number);
    expect(sizeOf(600, 11_000)).toEqual([275, 5_041 + 44]);
    expect(sizeOf(2_480, 3_508)).toEqual([990, 1_400 + 44]);
    expect(sizeOf(1_000, 1_000)).toEqual([1_400, 1_400 + 44]);
  });

  it('holds the picture itself, when a browser can show it', () => {
    expect(renderOverlay(layout, { image: { mediaType: 'image/png', base64: 'AAAA' } })).toContain(
      'href="data:image/png;base64,AAAA"',
    );
    expect(renderOverlay(layout, { image: { mediaType: 'text/html', base64: 'AAAA' } })).not.toContain('<image');
  });

  it('draws extracted fields, and says below the page what its colours mean', () => {
    const field: ExtractedField = {
      path: '/total',
      value: 12.5,
      confidence: 0.7,
      page: 1,
      boxes: [[0, 0, 0.5, 0.5]],
      words: [],
    };
    const svg = renderOverlay(layout, { fields: [field] });
    expect(svg).toContain(
      '<g class="fields"><rect class="likely" x="0" y="0" width="525" height="700"><title>total = 12.5 (0.70)</title>',
    );
    for (const words of ['at least .90 sure', 'less', 'check boxes']) expect(svg).toContain(`>${words}</text>`);
  });

  it('takes no markup from a document', () => {
    fc.assert(
      fc.property(fc.constantFrom('<script>', '</title>', '"', "'", '&', ']]>', '\u0007'), (sign) => {
        const svg = renderOverlay(layOutPage(drawReading([{ x: 60, y: 80, text: `a${sign}b:${sign} c` }])));
        const left = svg.replace(/<\/?(?:svg|title|style|path|g|rect|text)(?: [a-zA-Z]+="[^"<>]*")*\/?>/g, '');
        expect(left).not.toMatch(/[<>\u0007]|&(?!amp;|lt;|gt;|quot;|#39;)/);
      }),
    );
  });
});
