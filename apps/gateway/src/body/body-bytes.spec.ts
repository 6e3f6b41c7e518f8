import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BodyBytes, slabMargin } from './body-bytes.js';
import { BodyRoom } from './body-room.js';

const inChunks = (body: BodyBytes, text: string): void => {
  for (let at = 0; at < text.length; at += 1_000) body.push(Buffer.from(text.slice(at, at + 1_000)));
};

const replacement = fc.record({
  at: fc.nat(5_000),
  length: fc.nat(40),
  text: fc.string({ maxLength: 60, unit: 'grapheme-ascii' }),
});

describe('a body in a slab', () => {
  it('is sent with every edit, again and again, and stays what came', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6_000 }),
        fc.array(fc.array(replacement, { maxLength: 4 }), { maxLength: 3 }),
        async (length, rounds) => {
          const text = Array.from({ length }, (_, index) => String.fromCharCode(97 + (index % 26))).join('');
          const lease = await new BodyRoom(1_000_000).take(length + 2 * slabMargin);
          const body = new BodyBytes(lease);
          inChunks(body, text);
          for (const round of rounds) {
            const edits = ordered(round, length);
            expect(Buffer.concat(body.outgoing(edits)).toString()).toBe(edited(text, edits));
            expect(body.slice(0, length).toString()).toBe(text);
          }
        },
      ),
    );
  });

  it('goes out in one piece that is not copied, also when its end is longer', async () => {
    const lease = await new BodyRoom(1_000_000).take(200_000 + 2 * slabMargin);
    const body = new BodyBytes(lease);
    inChunks(body, 'x'.repeat(200_000));
    const pieces = body.outgoing([
      { start: 2, end: 3, bytes: Buffer.from('a longer name') },
      { start: 200_000, end: 200_000, bytes: Buffer.from('more') },
    ]);
    expect(pieces).toHaveLength(1);
    expect(pieces[0]!.buffer).toBe(lease.slab.buffer);
  });

  it('cannot be read after it was let go', async () => {
    const room = new BodyRoom(300_000);
    const body = new BodyBytes(await room.take(100_000 + 2 * slabMargin));
    inChunks(body, 'x'.repeat(100_000));
    body.outgoing([]);
    body.sent();
    expect(body.isGone).toBe(false);
    await room.take(250_000);
    expect(body.isGone).toBe(true);
    expect(() => body.slice(0, 1)).toThrow(/let go/);
  });
});

type Edits = Parameters<BodyBytes['outgoing']>[0];

/** Edits in order that do not overlap. */
function ordered(wanted: readonly { at: number; length: number; text: string }[], total: number): Edits {
  const edits: { start: number; end: number; bytes: Buffer }[] = [];
  for (const { at, length, text } of [...wanted].sort((a, b) => a.at - b.at)) {
    const start = Math.max(Math.min(at, total), edits.at(-1)?.end ?? 0);
    edits.push({ start, end: Math.min(start + length, total), bytes: Buffer.from(text) });
  }
  return edits;
}

const edited = (text: string, edits: Edits): string => {
  let [result, at] = ['', 0];
  for (const { start, end, bytes } of edits) {
    result += text.slice(at, start) + bytes.toString();
    at = end;
  }
  return result + text.slice(at);
};
