import { describe, expect, it } from '@jest/globals';
import { isNatsVersionSupported, lowestNatsVersion } from './nats-binary.js';

describe('isNatsVersionSupported', () => {
  it.each([
    ['2.9.10', false],
    ['2.10.29', false],
    ['1.99.99', false],
    [lowestNatsVersion, true],
    ['2.11.0-preview.2', true],
    ['2.12.1', true],
    ['3.0.0', true],
    ['unknown', false],
    ['2', false],
  ])('of %s is %s', (version, supported) => {
    expect(isNatsVersionSupported(version)).toBe(supported);
  });
});
