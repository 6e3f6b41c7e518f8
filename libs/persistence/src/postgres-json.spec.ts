import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { postgresJson } from './postgres-json.js';

describe('postgresJson', () => {
  it('replaces only what Postgres refuses, in keys and values', () => {
    expect(
      JSON.parse(postgresJson({ 'a\u0000': ['x\u0000y', 'ok \ud83d\ude00', '\ud83d', '\ude00!', 1, null] })),
    ).toEqual({
      'a\ufffd': ['x\ufffdy', 'ok \ud83d\ude00', '\ufffd', '\ufffd!', 1, null],
    });
  });

  it('leaves an escape that a text merely speaks of', () => {
    expect(JSON.parse(postgresJson(String.raw`\u0000 and \ud83d`))).toBe(String.raw`\u0000 and \ud83d`);
  });

  it('leaves other JSON as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value);
        fc.pre(!/\\u(0000|d[89a-f])/.test(json));
        expect(postgresJson(value)).toBe(json);
      }),
    );
  });

  it('never writes an escape that Postgres refuses', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
        (text) => {
          const written = JSON.parse(postgresJson({ text })) as { text: string };
          expect(written.text).not.toMatch(/[\u0000\p{Surrogate}]/u);
          expect(written.text.length).toBe(text.length);
        },
      ),
    );
  });
});
