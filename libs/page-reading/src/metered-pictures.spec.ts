import { describe, expect, it } from '@jest/globals';
import { tenantSchema } from '@waybill/contracts';
import type { DecodedPage, PageRaster } from '@waybill/document-layout';
import { MeteredPictures } from './metered-pictures.js';

const wish = { tenant: tenantSchema.parse('t'), languages: ['eng'], signal: new AbortController().signal };
const raster = (): PageRaster => ({ data: new Uint8Array(1), width: 100, height: 100, channels: 1, dpi: null });

/** Readings that cost a tenth each, and tell of one line across the picture; every second one was kept before. */
const pictures = () => {
  let reads = 0;
  return new MeteredPictures({
    engine: { name: 'dear', version: '1', recognise: () => Promise.reject(new Error('It is not asked.')) },
    run: async () => ({
      cached: reads++ % 2 === 1,
      page: {
        ...{ words: [], rotation: 0, skewDegrees: 0, remarks: [] },
        rules: [{ x0: 0, y0: 50, x1: 100, y1: 50 }],
        use: { model: 'a/b', tier: 1, costUsd: 0.1 },
      },
    }),
  });
};

describe('MeteredPictures', () => {
  it('adds up what was paid for, exactly, and not what was kept from before', async () => {
    const metered = pictures();
    expect(metered.use).toBeUndefined();
    for (let count = 0; count < 5; count += 1) await metered.run(raster(), wish);
    expect(metered.use).toEqual({ model: 'a/b', tier: 1, costUsd: 0.3 });
  });

  it('puts lines where the picture stands on the page', async () => {
    const metered = pictures();
    const part = { raster: raster(), box: [10, 20, 30, 40] };
    const page = { width: 200, height: 300, pictures: [part] } as unknown as DecodedPage;
    await metered.run(part.raster, wish);
    await metered.run(raster(), wish);
    expect(metered.rulesOn(page)).toEqual([
      { x0: 10, y0: 30, x1: 30, y1: 30 },
      { x0: 0, y0: 150, x1: 200, y1: 150 },
    ]);
  });
});
