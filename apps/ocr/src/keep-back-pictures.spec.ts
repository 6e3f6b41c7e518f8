import { describe, expect, it } from '@jest/globals';
import { readPageWorkSchema } from '@waybill/contracts';
import type { DecodedPage } from '@waybill/document-layout';
import { parseGuardrailPolicy } from '@waybill/guardrails';
import { keepBackPictures } from './keep-back-pictures.js';

const policy = parseGuardrailPolicy({
  version: 1,
  rules: [],
  remoteOcr: [{ sensitivities: ['restricted'], do: 'refuse' }],
});
const engine = { name: 'azure-document-intelligence' };
const workOf = (sensitivity: string) =>
  readPageWorkSchema.parse({
    ...{
      version: 1,
      tenant: 'acme',
      jobId: 'job_1',
      deadline: '2999-01-01T00:00:00.000Z',
      document: 0,
      page: 1,
      mediaType: 'image/png',
    },
    source: { bucket: 'b', key: 'a', sha256: 'a'.repeat(64), sizeBytes: 1 },
    plan: {
      ...{ acceptedAt: '2026-01-01T00:00:00.000Z', task: { kind: 'read' }, routing: { sensitivity } },
      documents: [{ document: 0, mediaType: 'image/png', sizeBytes: 1, pages: 1 }],
    },
  });
const scan = { width: 10, height: 10, raster: {}, remarks: [] } as unknown as DecodedPage;
const text = {
  width: 10,
  height: 10,
  textLayer: { take: 'words' },
  pictures: [{}],
  remarks: [],
} as unknown as DecodedPage;

describe('a page before an engine behind a network', () => {
  it('is refused by the policy when its picture is all there is', () => {
    expect(() => keepBackPictures(scan, workOf('restricted'), { policy, engine })).toThrow(
      /azure-document-intelligence.*refuses that for sensitivity "restricted"/,
    );
    expect(keepBackPictures(scan, workOf('internal'), { policy, engine })).toBe(scan);
  });

  it('goes without its pictures when it has text of its own', () => {
    const kept = keepBackPictures(text, workOf('restricted'), { policy, engine });
    expect([kept.pictures, kept.remarks]).toEqual([undefined, [expect.stringMatching(/not read/)]]);
  });
});
