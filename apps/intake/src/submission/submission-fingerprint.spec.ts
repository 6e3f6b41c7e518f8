import { submissionSchema, type AcceptedDocument } from '@waybill/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { submissionFingerprint } from './submission-fingerprint.js';

const blob = (sha256: string, key: string): AcceptedDocument => ({
  blob: { bucket: 'b', key, sizeBytes: 1, sha256 },
});
const submission = submissionSchema.parse({
  documents: [{ inline: 'AAAA' }],
  task: { kind: 'extract', schema: { type: 'object', properties: { a: { type: 'string' }, b: {} } } },
});
const documents = [blob('a'.repeat(64), 'k1')];
const fingerprint = submissionFingerprint(submission, documents);

/** The same value with the keys of every object in another order. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
};

describe('submissionFingerprint', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (schema) => {
        const one = { ...submission, task: { kind: 'extract' as const, schema } };
        const other = { ...submission, task: { kind: 'extract' as const, schema: reversed(schema) as typeof schema } };
        expect(submissionFingerprint(one, documents)).toBe(submissionFingerprint(other, documents));
      }),
    );
  });

  it('does not depend on id, tenant, or where the bytes are', () => {
    const renamed = { ...submission, id: 'other' as typeof submission.id };
    expect(submissionFingerprint(renamed, [blob('a'.repeat(64), 'elsewhere')])).toBe(fingerprint);
  });

  it.each([
    ['content', submission, [blob('b'.repeat(64), 'k1')]],
    ['a further document', submission, [...documents, ...documents]],
    ['a name', submission, [{ ...documents[0]!, name: 'x' }]],
    ['an address instead', submission, [{ url: 'http://x.test' }]],
    ['the task', { ...submission, task: { kind: 'read' as const } }, documents],
    ['the wishes', { ...submission, routing: { tier: 'free' as const } }, documents],
    ['the callback', { ...submission, callback: { url: 'http://x.test' } }, documents],
    ['labels', { ...submission, tags: ['x'] }, documents],
    ['metadata', { ...submission, metadata: { x: 'y' } }, documents],
  ])('depends on %s', (_what, other, stored) => {
    expect(submissionFingerprint(other, stored)).not.toBe(fingerprint);
  });
});
