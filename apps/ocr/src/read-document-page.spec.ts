import { describe, expect, it } from '@jest/globals';
import type { Hop } from '@waybill/contracts';
import type { PageDecoder } from '@waybill/document-layout';
import { MemoryRecords, workOf } from '../../../test/support/memory-records.js';
import type { PictureReaders } from './picture-readers.js';
import { ReadDocumentPage } from './read-document-page.js';

/** Whoever comes so far has fetched the document. */
const decoder = {
  hold: (_source: unknown, fetch: () => Promise<Uint8Array>) => fetch(),
  decodePage: () => Promise.reject(new Error('decoded')),
} as unknown as PageDecoder;
const readers = {} as PictureReaders;
const services = (regions?: string[]): Hop => ({ kind: 'services', name: 'Waybill', ...(regions ? { regions } : {}) });

describe('a page whose job names regions', () => {
  const ofEurope = workOf();
  ofEurope.plan.routing.regions = ['eu'];
  const reading = async (places: readonly Hop[], work = ofEurope) => {
    const { store } = new MemoryRecords();
    const terms = { languages: ['eng'], remotePolicy: undefined, places };
    const page = new ReadDocumentPage(store, decoder, readers, terms).read(work, () => AbortSignal.timeout(60_000));
    const reason = await page.catch((error: Error) => error.message);
    return [reason, store.reads];
  };

  it.each([
    [services(['us-east-1']), /Waybill \(services\) in us-east-1/],
    [services(), /in a region that is not stated/],
  ])('is not even fetched by a worker elsewhere, or nobody knows where', async (place, sentence) => {
    expect(await reading([place])).toEqual([expect.stringMatching(sentence), 0]);
  });

  it('is fetched where its regions allow', async () => {
    const [, fetched] = await reading([services(['eu-central-1'])]);
    expect(fetched).toBe(1);
    expect((await reading([services(['us-east-1'])], workOf()))[1]).toBe(1);
  });
});
