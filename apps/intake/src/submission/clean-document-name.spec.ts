import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanDocumentName } from './clean-document-name.js';

describe('cleanDocumentName', () => {
  it.each([
    ['scan.png', 'scan.png'],
    ['../../etc/passwd.png', 'passwd.png'],
    ['..\\..\\windows\\win.ini.png', 'win.ini.png'],
    ['/abs/olute.png', 'olute.png'],
    ['nul\0byte.png', 'nulbyte.png'],
    ['line\r\nX-Injected: 1.png', 'line X-Injected: 1.png'],
    ['spaces and \t tabs.png', 'spaces and tabs.png'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['e\u0301.png', '\u00e9.png'],
    ['<img src=x>.png', '<img src=x>.png'],
    ['', undefined],
    ['.', undefined],
    ['..', undefined],
    [' / ', undefined],
    [undefined, undefined],
  ])('makes %j %j', (name, cleaned) => {
    expect(cleanDocumentName(name)).toBe(cleaned);
  });

  it('gives one line of at most 255 bytes without folders, whatever it gets', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const cleaned = cleanDocumentName(name) ?? 'x';
        expect(cleaned).not.toMatch(/[\p{Cc}\p{Cs}/\\\u202a-\u202e\u2066-\u2069]/u);
        expect(cleaned.trim()).toBe(cleaned);
        expect(Buffer.byteLength(cleaned)).toBeLessThanOrEqual(255);
        expect(cleaned).not.toBe('');
      }),
    );
  });
});
