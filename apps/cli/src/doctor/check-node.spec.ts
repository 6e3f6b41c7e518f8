import { describe, expect, it } from '@jest/globals';
import { isAtLeast } from './check-node.js';

describe('isAtLeast', () => {
  it.each([
    ['20.19.0', '20.19.0', true],
    ['20.20.1', '20.19.0', true],
    ['22.0.0', '20.19.0', true],
    ['20.18.9', '20.19.0', false],
    ['18.20.0', '20.19.0', false],
  ])('%s against %s is %p', (version, lowest, answer) => {
    expect(isAtLeast(version, lowest)).toBe(answer);
  });
});
