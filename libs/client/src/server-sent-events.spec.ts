import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseServerSentEvents, type ServerSentEvent } from './server-sent-events.js';

const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
};

async function* inPieces(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let start = 0;
  for (const size of [...sizes, bytes.length]) {
    await Promise.resolve();
    if (start < bytes.length) yield bytes.subarray(start, start + size);
    start += size;
  }
}

const parse = async (text: string, sizes: readonly number[] = []): Promise<ServerSentEvent[]> =>
  collect(parseServerSentEvents(inPieces(text, sizes)));

describe('parseServerSentEvents', () => {
  it('reads event, data and id, and keeps the id for what follows', async () => {
    const events = await parse('event: page-read\nid: 7\ndata: {"a":1}\n\ndata: more\n\n');
    expect(events).toEqual([
      { event: 'page-read', data: '{"a":1}', id: '7' },
      { event: 'message', data: 'more', id: '7' },
    ]);
  });

  it('joins data lines, removes one space, skips comments and unknown fields', async () => {
    expect(await parse(': alive\nretry: 5\ndata:  x\ndata\ndata:y\n\n')).toEqual([
      { event: 'message', data: ' x\n\ny', id: undefined },
    ]);
  });

  it('delivers neither an event without data nor an unfinished one', async () => {
    expect(await parse('event: empty\n\ndata: cut off\n')).toEqual([]);
  });

  it('gives the same events however the bytes are cut and the lines are ended', async () => {
    const content = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/[\r\n\0]/g, '·'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ id: content, data: fc.array(content, { minLength: 1, maxLength: 3 }) }), { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 60 }),
        async (events, lineEnd, sizes) => {
          const lines = events.flatMap(({ id, data }) => [`id: ${id}`, ...data.map((part) => `data: ${part}`), '']);
          const text = lines.map((line) => `${line}${lineEnd}`).join('');
          const expected = events.map(({ id, data }) => ({ event: 'message', data: data.join('\n'), id }));
          expect(await parse(text, sizes)).toEqual(expected);
        },
      ),
    );
  });
});
