import { tenantSchema } from '@waybill/contracts';
import { StageError, type DocumentStore } from '@waybill/jobs';
import { describe, expect, it } from '@jest/globals';
import type { StoreDocuments } from '../submission/store-documents.js';
import type { FetchDocument } from './fetch-document.js';
import { PlanDocument } from './plan-document.js';

const tenant = tenantSchema.parse('default');
const blob = { bucket: 'b', key: 'k', sizeBytes: 3, sha256: 'a'.repeat(64) };
const firstRun = { signal: new AbortController().signal, isLastAttempt: false };
const lastRun = { ...firstRun, isLastAttempt: true };

const planWith = (error: Error | undefined): PlanDocument =>
  new PlanDocument(
    { read: () => Promise.resolve(Buffer.from('abc')) } as unknown as DocumentStore,
    { upload: () => Promise.resolve({ ...blob, key: 'made' }) } as unknown as StoreDocuments,
    { fetch: () => Promise.resolve(blob) } as unknown as FetchDocument,
    () => (error ? Promise.reject(error) : Promise.resolve({ mediaType: 'image/png', pages: 2 })),
  );
const retryable = (code: 'timeout' | 'unavailable') => new StageError(code, 'Again.', { retryable: true });

describe('PlanDocument', () => {
  it('plans a document with what its bytes are, and where they are', async () => {
    const plan = await planWith(undefined).plan(tenant, { url: 'http://x.test', name: 'a' }, 4, firstRun);
    expect(plan).toEqual({
      planned: { document: 4, name: 'a', mediaType: 'image/png', sizeBytes: 3, pages: 2 },
      source: { blob },
    });
  });

  it('plans a document that cannot be read without pages, and with the reason', async () => {
    const { planned, source } = await planWith(new StageError('unsupported-format', 'No.')).plan(
      tenant,
      { blob },
      1,
      firstRun,
    );
    expect(planned).toMatchObject({ pages: 0, failure: { code: 'unsupported-format', message: 'No.', document: 1 } });
    expect(source).toBeUndefined();
  });

  it.each([
    ['timeout', firstRun, 'thrown'],
    ['timeout', lastRun, 'planned'],
    ['unavailable', firstRun, 'thrown'],
    ['unavailable', lastRun, 'thrown'],
    ['timeout', { signal: AbortSignal.abort(), isLastAttempt: true }, 'thrown'],
  ] as const)('%s with %j is %s', async (code, run, expected) => {
    const outcome = await planWith(retryable(code))
      .plan(tenant, { blob }, 0, run)
      .then(
        () => 'planned',
        () => 'thrown',
      );
    expect(outcome).toBe(expected);
  });

  it('throws bugs as they are', async () => {
    await expect(planWith(new TypeError('a bug')).plan(tenant, { blob }, 0, lastRun)).rejects.toThrow(TypeError);
  });
});
