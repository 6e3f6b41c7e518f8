import { describe, expect, it } from '@jest/globals';
import { joinPartedWords } from './join-parted-words.js';

describe('joinPartedWords', () => {
  it.each([
    ['without a descrip-\ntion, as it was', 'without a description,\nas it was'],
    ['a dili-\ngent\nman', 'a diligent\nman'],
    ['une géné-\nration entière', 'une génération\nentière'],
    ['a hyphen that shows only here: co\u00AD\noperate', 'a hyphen that shows only here: cooperate'],
  ])('makes %j whole', (text, whole) => {
    expect(joinPartedWords(text)).toBe(whole);
  });

  it('leaves a hyphen that the word has elsewhere', () => {
    expect(joinPartedWords('A well-known man, well-\nknown here.')).toBe('A well-known man, well-known\nhere.');
  });

  it.each(['Smith-\nJones', '1998-\n2003', 'a dash -\nand more', 'one-\n\ntwo', 'plain\ntext'])(
    'leaves %j as it is',
    (text) => {
      expect(joinPartedWords(text)).toBe(text);
    },
  );

  it('takes no time for long runs of letters', () => {
    const letters = 'a'.repeat(200_000);
    expect(joinPartedWords(letters)).toBe(letters);
  });
});
