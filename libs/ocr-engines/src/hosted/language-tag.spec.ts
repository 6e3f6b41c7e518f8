import { describe, expect, it } from '@jest/globals';
import { languageTag } from './language-tag.js';

describe('languageTag', () => {
  it.each([
    ['eng', 'en'],
    ['deu', 'de'],
    ['ger', 'de'],
    ['chi_sim', 'zh'],
    ['osd', undefined],
    ['equ', undefined],
    ['', undefined],
  ])('%s is %s', (code, tag) => {
    expect(languageTag(code)).toBe(tag);
  });
});
