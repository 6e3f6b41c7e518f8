import { describe, expect, it } from '@jest/globals';
import { bareWord, countWords, isConfirmed } from './word-signs.js';

describe('isConfirmed', () => {
  const counts = countWords(['Quellmark', 'QUELLMARK,', 'Jalan', 'Rimba', '471', '471', 'Tif', 'Tif']);

  it('believes words that were read twice alike, apart from case and punctuation', () => {
    expect(isConfirmed('quellmark.', counts)).toBe(true);
    expect(isConfirmed('Rimba', counts)).toBe(false);
  });

  it('believes words of labels, places and legal forms, and no short figures', () => {
    expect(isConfirmed('JALAN', counts)).toBe(true);
    expect(isConfirmed('Bhd.', counts)).toBe(true);
    expect(isConfirmed('No.', counts)).toBe(true);
    expect(isConfirmed('Tif', counts)).toBe(true);
    expect(isConfirmed('471', counts)).toBe(false);
  });

  it('compares letters and digits of every script', () => {
    expect(bareWord('Straße-12.')).toBe('straße12');
  });
});
