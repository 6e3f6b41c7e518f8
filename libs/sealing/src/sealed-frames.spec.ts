import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSealed, openFrames, sealFrames, type DataKey } from './sealed-frames.js';

const key: DataKey = { id: '00112233aabbccdd', bytes: randomBytes(32) };
const frameBytes = 65_536;
const headerBytes = 28;

async function collected(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

const seal = (bytes: Uint8Array): Promise<Buffer> => collected(sealFrames(key, 'blob', [bytes]));
const open = (sealed: Iterable<Uint8Array>, context = 'blob', by = key): Promise<Buffer> =>
  collected(openFrames(by, context, sealed));
const cutAt = (bytes: Buffer, sizes: readonly number[]): Buffer[] => {
  const parts: Buffer[] = [];
  let from = 0;
  for (const size of sizes) parts.push(bytes.subarray(from, (from += size)));
  return [...parts, bytes.subarray(from)];
};

describe('sealed frames', () => {
  it('open as what was sealed, whatever its size and however the chunks are cut', async () => {
    const sizes = fc.constantFrom(0, 1, 100, frameBytes - 1, frameBytes, frameBytes + 1, 3 * frameBytes + 7);
    const cuts = fc.array(fc.integer({ min: 1, max: 90_000 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(sizes, cuts, cuts, async (size, before, after) => {
        const plain = randomBytes(size);
        const sealed = await collected(sealFrames(key, 'blob', cutAt(plain, before)));
        expect(isSealed(sealed)).toBe(true);
        expect((await open(cutAt(sealed, after))).equals(plain)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('hold nothing of the content, and never the same twice', async () => {
    const plain = Buffer.from('Zanzibarwort '.repeat(20_000));
    const [one, other] = [await seal(plain), await seal(plain)];
    expect(one.includes('Zanzibarwort')).toBe(false);
    expect(one.subarray(headerBytes).equals(other.subarray(headerBytes))).toBe(false);
  });

  it('do not open when a bit was changed anywhere', async () => {
    const sealed = await seal(randomBytes(2 * frameBytes + 5));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: sealed.length - 1 }),
        fc.integer({ min: 0, max: 7 }),
        async (at, bit) => {
          const changed = Buffer.from(sealed);
          changed[at] = (changed[at] as number) ^ (1 << bit);
          // The name of the key is looked up by others, and authenticated here.
          await expect(open([changed])).rejects.toThrow(/changed or cut off/);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('do not open when frames are missing at the end, left out, moved or added', async () => {
    const sealed = await seal(randomBytes(3 * frameBytes));
    const header = sealed.subarray(0, headerBytes);
    const frames = cutAt(sealed.subarray(headerBytes), [frameBytes + 16, frameBytes + 16]);
    const [a, b, c] = frames as [Buffer, Buffer, Buffer];
    for (const wrong of [[a, b], [a], [], [a, c], [b, a, c], [a, b, c, c], [a, b, c, Buffer.alloc(16)]]) {
      await expect(open([header, ...wrong])).rejects.toThrow(/changed or cut off/);
    }
    await expect(open([sealed.subarray(0, 10)])).rejects.toThrow(/changed or cut off/);
    expect(await open([header, a, b, c])).toHaveLength(3 * frameBytes);
  });

  it('do not open as something else, nor by another key', async () => {
    const sealed = await seal(Buffer.from('content'));
    await expect(open([sealed], 'reading')).rejects.toThrow(/changed or cut off/);
    await expect(open([sealed], 'blob', { ...key, bytes: randomBytes(32) })).rejects.toThrow(/changed or cut off/);
  });

  it('give the first bytes before the last were read', async () => {
    const pulled: number[] = [];
    function* source(): Generator<Uint8Array> {
      for (let chunk = 0; chunk < 64; chunk += 1) {
        pulled.push(chunk);
        yield randomBytes(frameBytes);
      }
    }
    const opened = openFrames(key, 'blob', sealFrames(key, 'blob', source()));
    await opened.next();
    expect(pulled.length).toBeLessThan(6);
    await opened.return(undefined);
  });
});
