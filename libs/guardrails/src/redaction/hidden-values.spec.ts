import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HiddenValues } from './hidden-values.js';

const hiding = (...values: [string, string][]) => {
  const hidden = new HiddenValues('');
  for (const [kind, value] of values) hidden.add(kind, value);
  return hidden;
};

describe('HiddenValues', () => {
  it('hides a value, gives further words a filler each, and keeps the numbers of words', () => {
    const hidden = hiding(['payment-card', '4111 1111 1111 1111']);
    expect(hidden.hideIn('[0] Card 4111 1111 [7] 1111 1111 ok').text).toBe('[0] Card [PAYMENT_CARD_1] ~ [7] ~ ~ ok');
  });

  it('gives equal values equal placeholders, and never one that stands in the document', () => {
    const hidden = new HiddenValues('see [EMAIL_1]');
    expect(hidden.add('email', 'a@b.example')).toBe('[EMAIL_2]');
    expect(hidden.add('email', 'A@B.EXAMPLE')).toBe('[EMAIL_2]');
    expect(hidden.add('email', 'c@b.example')).toBe('[EMAIL_3]');
  });

  it('finds a value in Markdown, in cells, and inside other digits', () => {
    const hidden = hiding(['email', 'jane_roe@mail.example'], ['phone', '0301234567']);
    expect(hidden.hideIn(String.raw`| jane\_roe@mail.example |`).text).toBe('| [EMAIL_1] |');
    expect(hidden.hideIn('+49 (0301) 234-567').text).not.toMatch(/234/);
  });

  it('leaves words alone that only contain a short value', () => {
    expect(hiding(['name', 'Al']).hideIn('Also Al said').text).toBe('Also [NAME_1] said');
  });

  it('puts values back wherever they stand in an answer, as models copy them', () => {
    const hidden = hiding(['iban', 'DE89 3704'], ['email', 'a@b.example']);
    expect(hidden.restoreIn({ a: ['[IBAN_1] ~', 'email_1 and [EMAIL_1]'], n: 3, b: null })).toEqual({
      a: ['DE89 3704', 'a@b.example and a@b.example'],
      n: 3,
      b: null,
    });
  });

  it('lets no value through, whatever stands around it and however it is spaced', () => {
    const digits = fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 16 })
      .map((each) => each.join(''));
    const between = fc.constantFrom('', ' ', '-', '.', ' [12] ', ' | ');
    fc.assert(
      fc.property(digits, fc.array(between, { minLength: 16, maxLength: 16 }), fc.string(), (value, gaps, around) => {
        const hidden = hiding(['phone', value]);
        const written = [...value].map((digit, at) => `${digit}${gaps[at] ?? ''}`).join('');
        const { text } = hidden.hideIn(`${around} ${written} ${around}`);
        expect(hidden.leakIn(text)).toBeUndefined();
        expect(text).not.toContain(value);
      }),
    );
  });
});
