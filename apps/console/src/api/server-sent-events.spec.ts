import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseServerSentEvents, type ServerSentEvent } from './server-sent-events.js';

async function parse(pieces: readonly string[]): Promise<ServerSentEvent[]> {
  async function* stream(): AsyncGenerator<string> {
    yield* pieces;
  }
  const events: ServerSentEvent[] = [];
  for await (const event of parseServerSentEvents(stream())) events.push(event);
  return events;
}

const text = ': hello\n\nid: 1\nevent: x\ndata: {"a":1}\n\nid: 2\ndata: one\ndata: two\n\nid: 3\ndata: cut';

describe('server-sent events', () => {
  it('are the same however the text is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 8 }), async (cuts) => {
        const places = [0, ...[...cuts].sort((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((to, index) => text.slice(places[index], to));
        expect(await parse(pieces)).toEqual([
          { id: '1', data: '{"a":1}' },
          { id: '2', data: 'one\ntwo' },
        ]);
      }),
    );
  });
});
