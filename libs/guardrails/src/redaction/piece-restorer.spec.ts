import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HiddenValues } from './hidden-values.js';

const hidden = new HiddenValues('');
hidden.add('email', 'a "b"@c.example');
for (let count = 1; count <= 12; count += 1) hidden.add('phone', `+49 30 ${'1'.repeat(count)}`);

const inPieces = (pieces: readonly string[], spelling: 'text' | 'json-string' = 'text'): string => {
  const restorer = hidden.restorer(spelling);
  return pieces.map((piece) => restorer.push(piece)).join('') + restorer.end();
};

describe('PieceRestorer', () => {
  it('puts a value back whose placeholder was cut anywhere', () => {
    const text = 'Write to [EMAIL_1] ~ or call phone_12.';
    for (let at = 0; at < text.length; at += 1) {
      expect(inPieces([text.slice(0, at), text.slice(at)])).toBe(
        'Write to a "b"@c.example or call +49 30 111111111111.',
      );
    }
  });

  it('writes values inside of JSON so that it stays JSON', () => {
    expect(JSON.parse(inPieces(['{"to":"[EMA', 'IL_1]"}'], 'json-string'))).toEqual({ to: 'a "b"@c.example' });
  });

  it('says at once what cannot become a placeholder', () => {
    const restorer = hidden.restorer('text');
    expect(restorer.push('The total is 12.50 EUR.')).toBe('The total is 12.50 EUR.');
    expect(restorer.push(' See [E')).toBe(' See ');
    expect(restorer.push('uro]')).toBe('[Euro]');
  });

  it('says of any pieces what the whole text would have been', () => {
    const bits = [
      '[EMAIL_1]',
      'email_1',
      'EMAIL_',
      '1',
      '[',
      ']',
      ' ',
      '~',
      ' ~',
      '[PHONE_1',
      '2]',
      'x',
      '_',
      'PHONE_3.',
      'ß',
      '\n',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...bits), { maxLength: 24 }), fc.array(fc.nat(8)), (written, cuts) => {
        const text = written.join('');
        const pieces: string[] = [];
        let from = 0;
        for (const length of cuts) {
          pieces.push(text.slice(from, from + length));
          from += length;
        }
        expect(inPieces([...pieces, text.slice(from)])).toBe(hidden.restoreText(text));
      }),
      { numRuns: 500 },
    );
  });
});
