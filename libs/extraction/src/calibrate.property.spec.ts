import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calibrate } from './calibrate.js';
import type { Evidence, EvidenceKind } from './finding.js';

const kinds: readonly EvidenceKind[] = ['merchant', 'address', 'date', 'currency', 'amount', 'number', 'line-item'];
const share = fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1_000);
const evidence: fc.Arbitrary<Evidence> = fc.record({
  label: share,
  reading: share,
  agreement: share,
  margin: share,
  form: share,
});

describe('calibrate', () => {
  it('never gives less for more evidence, and nothing above 0.99', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), evidence, evidence, (kind, one, other) => {
        const more: Evidence = {
          label: Math.max(one.label, other.label),
          reading: Math.max(one.reading, other.reading),
          agreement: Math.max(one.agreement, other.agreement),
          margin: Math.max(one.margin, other.margin),
          form: Math.max(one.form, other.form),
        };
        expect(calibrate(kind, more)).toBeGreaterThanOrEqual(calibrate(kind, one));
        expect(calibrate(kind, more)).toBeLessThanOrEqual(0.99);
      }),
    );
  });

  it('calls no name, address or number sure whose words were not read surely', () => {
    const doubtful = fc.integer({ min: 0, max: 800 }).map((thousandths) => thousandths / 1_000);
    fc.assert(
      fc.property(
        fc.constantFrom<EvidenceKind>('merchant', 'address', 'number'),
        evidence,
        doubtful,
        (kind, one, reading) => {
          expect(calibrate(kind, { ...one, reading })).toBeLessThan(0.9);
        },
      ),
    );
  });
});
