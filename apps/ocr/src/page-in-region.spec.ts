import { describe, expect, it } from '@jest/globals';
import type { ReadPageWork } from '@waybill/contracts';
import type { DecodedPage, OcrEngine } from '@waybill/document-layout';
import { workOf } from '../../../test/support/memory-records.js';
import { pageInRegion } from './page-in-region.js';

const raster = { data: new Uint8Array(1), width: 1, height: 1, channels: 1, dpi: null };
const scan = { raster, remarks: [] } as unknown as DecodedPage;
const digital = { textLayer: { take: 'words' }, pictures: [{ raster }], remarks: [] } as unknown as DecodedPage;

const work = (regions?: string[]): ReadPageWork => {
  const { plan, ...rest } = workOf({});
  return { ...rest, plan: { ...plan, routing: { ...plan.routing, ...(regions ? { regions } : {}) } } };
};
const hosted = (processedIn: OcrEngine['processedIn']) => ({ name: 'hosted', ...(processedIn ? { processedIn } : {}) });

describe('pageInRegion', () => {
  it.each([
    ['the job names no region', work(), hosted(['us'])],
    ['the engine is in an allowed one', work(['eu']), hosted(['eu-central-1'])],
    ['the engine is on this machine', work(['eu']), hosted(undefined)],
  ])('leaves a page as it is where %s', (_why, job, engine) => {
    expect(pageInRegion(scan, job, engine)).toBe(scan);
  });

  it('sends nothing to an engine elsewhere, or where nobody knows', () => {
    expect(() => pageInRegion(scan, work(['eu']), hosted(['us']))).toThrow('may process in us, and the job allows eu');
    expect(() => pageInRegion(scan, work(['eu']), hosted('unknown'))).toThrow('in unknown regions');
  });

  it('reads a page with text of its own without its pictures, and says so', () => {
    const { pictures, remarks } = pageInRegion(digital, work(['eu']), hosted(['us']));
    expect(pictures).toBeUndefined();
    expect(remarks).toEqual([expect.stringContaining('hosted may process in us')]);
  });
});
