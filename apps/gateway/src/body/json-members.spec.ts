import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BodyBytes } from './body-bytes.js';
import { JsonMembers, JsonScanError } from './json-members.js';

/** Reads the text cut into pieces at these places. */
function scan(text: string, cuts: readonly number[] = []) {
  const bytes = Buffer.from(text);
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const members = new JsonMembers();
  const body = new BodyBytes();
  [...places, bytes.length].reduce((from, to) => {
    const chunk = bytes.subarray(from, to);
    members.push(chunk);
    body.push(chunk);
    return to;
  }, 0);
  return { members, body, end: members.finish() };
}

const lastValues = ({ members, body }: ReturnType<typeof scan>): Record<string, unknown> =>
  Object.fromEntries(
    [...members.members].map(([key, spans]) => {
      const { start, end } = spans.at(-1)!;
      return [key, JSON.parse(body.slice(start, end).toString())];
    }),
  );

/** A key or text with its letters escaped as JSON allows. */
const escaped = (text: string): string =>
  `"${[...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;

const key = fc.oneof(fc.constantFrom('model', 'stream', 'messages', '', '"', '\\', 'é'), fc.string({ maxLength: 30 }));
const object = fc.dictionary(
  key.filter((name) => name !== '__proto__'),
  fc.jsonValue({ maxDepth: 4 }),
);
const cuts = fc.array(fc.nat(), { maxLength: 12 });
/**
 * The value as JSON can write it, with zero for minus zero. Not by JSON.parse: that of V8 14 (Node 26) takes the key `"`
 * for a `\` that it has seen in the same place of an earlier object.
 */
const plainly = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 0;
  if (Array.isArray(value)) return value.map(plainly);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainly(inner)]));
};

describe('JsonMembers', () => {
  it('finds what was written, however the text is written and cut', () => {
    fc.assert(
      fc.property(object, cuts, fc.constantFrom(0, 1, '\t'), (value, places, indent) => {
        const found = scan(` ${JSON.stringify(value, null, indent)}\n`, places);
        expect(lastValues(found)).toEqual(plainly(value));
        expect(found.body.slice(found.end, found.end + 1).toString()).toBe('}');
      }),
      { numRuns: 500 },
    );
  });

  it('skips strings of quotes, backslashes and brackets at every cut', () => {
    const nasty = fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', 'a', 'é', '\n') });
    fc.assert(
      fc.property(nasty, nasty, cuts, (first, second, places) => {
        const value = { first, nested: [{ [second]: [first] }], model: second };
        expect(lastValues(scan(JSON.stringify(value), places))).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it('knows keys that are written with escapes, and every one of several', () => {
    const found = scan(`{${escaped('model')}:"a","model" : "b","x":{"model":"c"},"mod\\u0065l":"d"}`, [3, 9, 41]);
    expect(found.members.members.get('model')).toHaveLength(3);
    expect(lastValues(found)['model']).toBe('d');
  });

  it('refuses, or agrees with JSON.parse, when a byte of a text is changed', () => {
    fc.assert(
      fc.property(object, fc.nat(), fc.constantFrom(...'{}[]",:\\\'/x0 '), cuts, (value, place, put, places) => {
        const text = JSON.stringify(value);
        const at = place % text.length;
        const changed = text.slice(0, at) + put + text.slice(at + 1);
        let expected: Record<string, unknown>;
        try {
          expected = JSON.parse(changed) as Record<string, unknown>;
        } catch {
          return;
        }
        if (typeof expected !== 'object' || Array.isArray(expected) || Object.hasOwn(expected, '__proto__')) return;
        expect(lastValues(scan(changed, places))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    '',
    '[]',
    '1',
    '{',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{,}',
    '{"a":1}}',
    '{"a":1} x',
    '{"a":[}',
    '{"a":[1}]',
    '{a:1}',
  ])('refuses %s', (text) => expect(() => scan(text)).toThrow(JsonScanError));

  it.each([`{"a":[ 'b" ]}`, '{"a":[/* "*/]}', '{"a":[`]}', `{"a":'b'}`])(
    'refuses %s, which a lenient reader would read otherwise',
    (text) => expect(() => scan(text)).toThrow(JsonScanError),
  );

  it('takes 256 levels and refuses more, in time that grows with the length', () => {
    const nested = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    expect(lastValues(scan(nested(255)))).toHaveProperty('a');
    expect(() => scan(nested(256))).toThrow('deeper than 256 levels');
    expect(() => scan(nested(2_000_000))).toThrow('deeper');
    const backslashes = `{"a":"${'\\\\'.repeat(2_000_000)}"}`;
    expect(scan(backslashes).members.members.get('a')).toHaveLength(1);
    expect(scan(`{"a":"${'\\"'.repeat(500_000)}"}`, [7, 8]).members.members.get('a')).toHaveLength(1);
  });

  it('tells where pictures may be', () => {
    const url = `data:image/png;base64,${'A'.repeat(100)}`;
    const text = JSON.stringify({ messages: [{ content: [{ type: 'image_url', image_url: { url } }] }] });
    const { members, body } = scan(text, [30, 50, 60, 100]);
    expect(members.longStrings.map(({ start, end }) => body.slice(start, end).toString())).toEqual([url]);
    expect(members.nineByteKeys.map((start) => body.slice(start, start + 9).toString())).toEqual(['image_url']);
  });
});

describe('BodyBytes', () => {
  it('replaces bytes as one text would', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.nat(), fc.nat(), fc.string(), (texts, a, b, put) => {
        const body = new BodyBytes();
        for (const text of texts) body.push(Buffer.from(text));
        const all = Buffer.from(texts.join(''));
        const [start = 0, end = 0] = [a % (all.length + 1), b % (all.length + 1)].sort((x, y) => x - y);
        const bytes = Buffer.from(put);
        const expected = Buffer.concat([all.subarray(0, start), bytes, all.subarray(end)]);
        expect(Buffer.concat(body.with([{ start, end, bytes }])).equals(expected)).toBe(true);
        expect(Buffer.concat(body.outgoing([{ start, end, bytes }])).equals(expected)).toBe(true);
        expect(body.slice(start, end).equals(all.subarray(start, end))).toBe(true);
      }),
    );
  });
});
