import { describe, expect, it } from '@jest/globals';
import type { DecodedPage, OcrEngine } from '@waybill/document-layout';
import type { RecognisePicture } from '@waybill/page-reading';
import { workOf } from '../../../test/support/memory-records.js';
import { readerFor } from './picture-readers.js';

const scan = { raster: { data: new Uint8Array(1) }, remarks: [] } as unknown as DecodedPage;
const text = { textLayer: { take: 'words' }, pictures: [], remarks: [] } as unknown as DecodedPage;
const readerOf = (processedIn: OcrEngine['processedIn']) => ({ engine: { processedIn } }) as RecognisePicture;
const work = (regions?: string[]) => {
  const { plan, ...rest } = workOf({});
  return { ...rest, plan: { ...plan, routing: { ...plan.routing, ...(regions ? { regions } : {}) } } };
};

describe('who reads a page', () => {
  const usual = readerOf(['us']);
  const local = readerOf(undefined);
  let opened = 0;
  const onThisMachine = async () => {
    opened += 1;
    return local;
  };

  it.each([
    ['the job names no region', scan, work(), usual],
    ['the job allows the region', scan, work(['us']), usual],
    ['nothing on the page is looked at', text, work(['eu']), usual],
  ])('is the usual engine where %s, and no other is opened', async (_why, page, job, reader) => {
    expect(await readerFor(page, job, { usual, onThisMachine })).toBe(reader);
    expect(opened).toBe(0);
  });

  it('is an engine of this machine where the job forbids the region, or nobody knows it', async () => {
    expect(await readerFor(scan, work(['eu']), { usual, onThisMachine })).toBe(local);
    const unknown = readerOf('unknown');
    expect(await readerFor(scan, work(['eu']), { usual: unknown, onThisMachine })).toBe(local);
  });

  it('stays the usual one, which then refuses, where none can be opened', async () => {
    expect(await readerFor(scan, work(['eu']), { usual, onThisMachine: async () => undefined })).toBe(usual);
    expect(await readerFor(scan, work(['eu']), { usual })).toBe(usual);
  });
});
