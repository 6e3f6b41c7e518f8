import { describe, expect, it } from '@jest/globals';
import { gatherExclusions } from './gather-exclusions.js';

describe('what speaks against models', () => {
  it('is gathered by kind, each model once, most models first', () => {
    const exclusions = [
      { model: 'a/1', code: 'tier', reason: 'is too high.' },
      { model: 'a/2', code: 'unfit', form: 'page-low', reason: 'sees no pictures.' },
      { model: 'a/2', code: 'unfit', form: 'page-high', reason: 'sees no pictures.' },
      { model: 'a/3', code: 'unfit', reason: 'is short.' },
    ];
    expect(gatherExclusions(exclusions)).toEqual([
      { code: 'unfit', models: ['a/2', 'a/3'], example: 'a/2 sees no pictures.' },
      { code: 'tier', models: ['a/1'], example: 'a/1 is too high.' },
    ]);
  });
});
