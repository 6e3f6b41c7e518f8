import { describe, expect, it } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { ChatBody } from '../body/chat-body.js';
import { chatFacts } from '../body/chat-facts.js';

const drawn = (width = 321, height = 123): Sharp =>
  sharp({ create: { width, height, channels: 3, background: '#336699' } });

const bodyOf = (content: unknown): Buffer =>
  Buffer.from(JSON.stringify({ model: 'waybill/auto', messages: [{ role: 'user', content }] }));
const addressOf = (mediaType: string, bytes: Buffer): string => `data:${mediaType};base64,${bytes.toString('base64')}`;
const seenIn = (body: Buffer | string) => chatFacts(ChatBody.of(Buffer.from(body))).embedded;
const imagePart = (image_url: unknown) => ({ type: 'image_url', image_url });

describe('a picture in a chat', () => {
  it.each<[string, string, () => Promise<Buffer>]>([
    ['a JPEG', 'image/jpeg', () => drawn().jpeg().toBuffer()],
    ['a progressive JPEG', 'image/jpeg', () => drawn().jpeg({ progressive: true }).toBuffer()],
    [
      'a JPEG with a long description before its picture',
      'image/jpeg',
      () =>
        drawn()
          .jpeg()
          .withExif({ IFD0: { ImageDescription: 'x'.repeat(60_000) } })
          .withIccProfile('p3')
          .toBuffer(),
    ],
    ['a PNG', 'image/png', () => drawn().png().toBuffer()],
    ['a PNG written progressively', 'image/png', () => drawn().png({ progressive: true }).toBuffer()],
    ['a WebP', 'image/webp', () => drawn().webp().toBuffer()],
    ['a lossless WebP', 'image/webp', () => drawn().webp({ lossless: true }).toBuffer()],
    ['a WebP that can be seen through', 'image/webp', () => drawn().ensureAlpha(0.5).webp().toBuffer()],
    ['a GIF', 'image/gif', () => drawn().gif().toBuffer()],
  ])('is known by its header: %s', async (what, mediaType, draw) => {
    const address = addressOf(mediaType, await draw());
    const plain = bodyOf([imagePart({ url: address })]);
    const [seen] = seenIn(plain);
    expect(seen).toMatchObject({ header: { mediaType, widthPx: 321, heightPx: 123 }, detail: 'high', isShown: true });
    expect(seen!.header!.mayMove).toBe(mediaType === 'image/gif');
    expect(seen!.header!.isInPasses).toBe(what.includes('progressive') || what.includes('WebP'));
    // As PHP writes it.
    expect(seenIn(plain.toString().replaceAll('/', '\\/'))[0]!.header).toEqual(seen!.header);
  });

  it('is of an unknown size where its header is cut anywhere', async () => {
    const bytes = await drawn().jpeg().toBuffer();
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    for (let length = 48; length < frame + 9; length += 1) {
      const [seen] = seenIn(bodyOf([imagePart({ url: addressOf('image/jpeg', bytes.subarray(0, length)) })]));
      expect(seen!.header).toBeUndefined();
    }
    const { pictures } = chatFacts(ChatBody.of(bodyOf([imagePart({ url: addressOf('image/png', Buffer.alloc(99)) })])));
    expect(pictures).toMatchObject([{ widthPx: 2_048, heightPx: 2_048, bytes: 99 }]);
  });

  it('is looked at as closely as is said beside it', async () => {
    const url = addressOf('image/png', await drawn().png().toBuffer());
    const closely = (image: unknown) => seenIn(bodyOf([imagePart(image)])).map(({ detail }) => detail);
    expect(closely({ url, detail: 'low' })).toEqual(['low']);
    expect(closely({ detail: 'original', url })).toEqual(['original']);
    expect(closely({ url, detail: 'auto' })).toEqual(['high']);
    const both = [imagePart({ url, detail: 'low' }), imagePart({ url })];
    expect(seenIn(bodyOf(both)).map(({ detail }) => detail)).toEqual(['low', 'high']);
    expect(chatFacts(ChatBody.of(bodyOf(both))).detail).toBe('high');
  });

  it('is only shown as a picture: an address that is text stays text', async () => {
    const url = addressOf('image/png', await drawn().png().toBuffer());
    expect(seenIn(bodyOf(url))).toMatchObject([{ isShown: false }]);
    expect(seenIn(bodyOf([{ type: 'text', text: url }, imagePart(url)]))).toMatchObject([
      { isShown: false },
      { isShown: true },
    ]);
  });
});
