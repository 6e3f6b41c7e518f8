import { describe, expect, it } from '@jest/globals';
import type { ReadPageWork } from '@waybill/contracts';
import type { DecodedPage, PageRaster } from '@waybill/document-layout';
import { workOf } from '../../../test/support/memory-records.js';
import { affordablePage } from './affordable-page.js';

const raster: PageRaster = { data: new Uint8Array(1), width: 1, height: 1, channels: 1, dpi: null };
const page = {
  width: 1,
  height: 1,
  unit: 'px',
  dpi: null,
  look: raster,
  rules: [],
  remarks: [],
  display: 'source',
} as const;
const scan = { ...page, rules: [], remarks: [], raster } as DecodedPage;
const picture = { raster, box: [0, 0, 1, 1] };
const digital = {
  ...page,
  rules: [],
  remarks: [],
  textLayer: { take: 'words' },
  pictures: [picture, picture],
} as unknown as DecodedPage;

const work = (pages: number, routing: Partial<ReadPageWork['plan']['routing']>): ReadPageWork => {
  const { plan, ...rest } = workOf({ pages });
  return { ...rest, plan: { ...plan, routing: { ...plan.routing, ...routing } } };
};
const paid = { name: 'dear', mostUsdPerPage: 0.01 };

describe('affordablePage', () => {
  it.each([
    ['nothing is limited', scan, work(3, {}), paid],
    ['the limit holds for all pages', scan, work(3, { maxCostUsd: 0.03 }), paid],
    ['the engine costs nothing', scan, work(3, { maxCostUsd: 0, tier: 'free' }), { name: 'own' }],
    ['its pictures are within its share', digital, work(3, { maxCostUsd: 0.06 }), paid],
  ] as const)('leaves a page as it is when %s', (_why, decoded, wish, engine) => {
    expect(affordablePage(decoded, wish, engine)).toBe(decoded);
  });

  it('refuses before anything is spent when all pages together may pass the limit', () => {
    expect(() => affordablePage(scan, work(3, { maxCostUsd: 0.029 }), paid)).toThrow(
      'Reading 3 pages with dear may cost 0.03 USD, and the job allows 0.029',
    );
  });

  it('spends nothing for a job of the free tier', () => {
    expect(() => affordablePage(scan, work(1, { tier: 'free' }), paid)).toThrow('allows nothing that costs');
  });

  it.each([{ maxCostUsd: 0.059 }, { tier: 'free' as const }])(
    'goes without pictures where there is text: %j',
    (routing) => {
      const { pictures, remarks } = affordablePage(digital, work(3, routing), paid);
      expect(pictures).toBeUndefined();
      expect(remarks).toEqual([expect.stringContaining('not read')]);
    },
  );
});
