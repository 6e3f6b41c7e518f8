import { describe, expect, it } from '@jest/globals';
import { allowsRegions } from './allows-regions.js';

describe('allowsRegions', () => {
  it.each<[readonly string[] | undefined, readonly string[] | undefined, boolean]>([
    [undefined, undefined, true],
    [undefined, ['us'], true],
    [['eu'], ['eu'], true],
    [['eu'], ['eu-central-1'], true],
    [['eu-central-1'], ['eu'], false],
    [['eu'], ['eu', 'us'], false],
    [['eu'], ['europe'], false],
    [['eu'], ['local'], true],
    [['eu'], ['global'], false],
    [['eu'], undefined, false],
    [[], ['eu'], false],
  ])('a job that allows %j, and %j: %s', (allowed, regions, answer) => {
    expect(allowsRegions(allowed, regions)).toBe(answer);
  });
});
