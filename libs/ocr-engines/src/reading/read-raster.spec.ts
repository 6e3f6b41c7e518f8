import { describe, expect, it } from '@jest/globals';
import type { PageRaster, RawWord } from '@waybill/document-layout';
import type { GrayImage } from './gray-image.js';
import { readRaster } from './read-raster.js';
import { measurePage } from './measure-page.js';
import type { Reader, Segmentation } from './reader.js';

/** Large enough to hold columns. */
const [width, height] = [800, 600];

/** A page of 60 letter-like blocks, 10 pixels wide, in six lines. */
function printed(letterHeight = 14): PageRaster {
  const data = new Uint8Array(width * height).fill(255);
  for (let letter = 0; letter < 60; letter += 1) {
    const [left, top] = [20 + (letter % 10) * 76, 20 + Math.floor(letter / 10) * 95];
    for (let row = top; row < top + letterHeight; row += 1) data.fill(0, row * width + left, row * width + left + 10);
  }
  return { data, width, height, channels: 1, dpi: null };
}

/** Lines of letters whose feet stand at one height, and whose sides at none. */
function uneven(): PageRaster {
  const data = new Uint8Array(width * height).fill(255);
  for (let letter = 0; letter < 72; letter += 1) {
    const [row, place] = [Math.floor(letter / 12), letter % 12];
    const [left, foot] = [20 + place * 60 + 11 * row, 60 + row * 95];
    for (let y = foot - 10 - (letter % 7); y < foot; y += 1)
      data.fill(0, y * width + left, y * width + left + 9 + (letter % 5));
  }
  return { data, width, height, channels: 1, dpi: null };
}

function onItsSide({ data, ...page }: PageRaster): PageRaster {
  const turned = Uint8Array.from(data, (_shade, at) => data[(at % height) * width + Math.floor(at / height)] ?? 255);
  return { ...page, data: turned, width: height, height: width };
}

const blank: PageRaster = { data: new Uint8Array(width * height).fill(255), width, height, channels: 1, dpi: null };

const line =
  (text: string, confidence: number, share: [number, number, number, number] = [0, 0, 1, 1]) =>
  (image: GrayImage): RawWord[] => [
    {
      text,
      confidence,
      box: [share[0] * image.width, share[1] * image.height, share[2] * image.width, share[3] * image.height],
    },
  ];

/** An engine that answers by segmentation and call, and remembers what it was given. */
function engine(answer: (segmentation: Segmentation, call: number) => (image: GrayImage) => RawWord[]) {
  const calls: string[] = [];
  const reader: Reader = {
    measure: measurePage,
    read: async (image, segmentation, network) =>
      answer(segmentation, calls.push(network === 'usual' ? segmentation : `${segmentation} ${network}`))(image),
  };
  return { reader, calls };
}

describe('readRaster', () => {
  it('asks nothing about a page without ink', async () => {
    const { reader, calls } = engine(() => line('Ghost', 1));
    expect(await readRaster(blank, reader)).toEqual({
      words: [],
      rotation: 0,
      skewDegrees: 0,
      remarks: [],
      attempts: [],
    });
    expect(calls).toEqual([]);
  });

  it.each([
    ['in black and white', 0, 744],
    ['with shades', 1, 800],
  ])('hands a page %s (ink %p) of full size over with a width of %p pixels', async (_kind, ink, wide) => {
    const widths: number[] = [];
    const { reader } = engine(() => (image) => {
      widths.push(image.width);
      return line('Everything', 0.95)(image);
    });
    const page = printed(20);
    const [word] = (await readRaster({ ...page, data: page.data.map((shade) => shade || ink) }, reader)).words;
    expect(widths).toEqual([wide]);
    expect(word?.box).toEqual([0, 0, width, height]);
  });

  it('reads a page once when the reading is sure and covers the ink', async () => {
    const { reader, calls } = engine(() => line('Everything', 0.95));
    const page = await readRaster(printed(), reader);
    expect(calls).toEqual(['page']);
    expect(page).toMatchObject({
      rotation: 0,
      remarks: [],
      words: [{ text: 'Everything', box: [0, 0, width, height] }],
    });
  });

  it('reads lines again that were passed over, on a sheet of their own, and says why', async () => {
    const { reader, calls } = engine((segmentation) =>
      segmentation === 'page' ? line('Above', 0.95, [0, 0, 1, 0.45]) : line('Underneath', 0.9, [0, 0, 1, 0.1]),
    );
    const { words, attempts } = await readRaster(printed(), reader);
    expect(calls).toEqual(['page', 'block']);
    expect(words.map(({ text }) => text)).toEqual(['Above', 'Underneath']);
    expect(words[1]!.box[1]).toBeGreaterThan(0.45 * height);
    expect(attempts).toEqual([
      expect.objectContaining({ preparation: expect.stringMatching(/^columns, scaled/), outcome: 'kept' }),
      expect.objectContaining({ reason: expect.stringContaining('confidence 0.95, 50 %'), outcome: 'filled-gaps' }),
    ]);
  });

  it('reads a page that is much higher than wide as one block', async () => {
    const page = printed(20);
    const tall = { ...page, data: Uint8Array.from([...page.data, ...page.data, ...page.data]), height: 3 * height };
    const { reader, calls } = engine(() => line('Everything', 0.95));
    await readRaster(tall, reader);
    expect(calls).toEqual(['block']);
  });

  it('reads one as columns whose lines run down it', async () => {
    const wide = 600;
    const lines = 30;
    const data = new Uint8Array(2 * height * wide).fill(255);
    // Every line of the page, on its side: three of them beside each other, with letters of other heights.
    for (let letter = 0; letter < 3 * lines; letter += 1) {
      const [left, top] = [100 + 200 * (letter % 3), 20 + Math.floor(letter / 3) * 37 + 5 * (letter % 3)];
      for (let row = top; row < top + 8 + (letter % 7); row += 1)
        data.fill(0, row * wide + left, row * wide + left + 20);
    }
    const { reader, calls } = engine(() => line('Everything', 0.95));
    await readRaster({ ...printed(), data, width: wide, height: 2 * height }, reader);
    expect(calls).toEqual(['page']);
  });

  describe('of a small picture', () => {
    const [right, bottom] = [400, 600];
    const { data, ...page } = printed();
    const rows = Array.from({ length: bottom }, (_, row) => data.subarray(row * width, row * width + right));
    const small = { ...page, data: Uint8Array.from(Buffer.concat(rows)), width: right, height: bottom };
    const halves = () =>
      engine((segmentation) =>
        segmentation === 'block' ? line('Above', 0.95, [0, 0, 1, 0.45]) : line('Underneath', 0.9, [0, 0.5, 1, 1]),
      );

    it('reads it as one block, then its letters alone with the larger network, and joins both', async () => {
      const { reader, calls } = halves();
      const { words, attempts } = await readRaster(small, reader);
      expect(calls).toEqual(['block', 'sparse larger']);
      expect(words.map(({ text }) => text).sort()).toEqual(['Above', 'Underneath']);
      expect(attempts?.map(({ outcome }) => outcome).sort()).toEqual(['filled-gaps', 'kept']);
    });

    it('turns it before anything is read a second time', async () => {
      // The picture upright, its fullest part turned by 180 degrees, and then the whole of it.
      const { reader, calls } = engine((_segmentation, call) =>
        call === 1 ? line('u6noz', 0.3) : line('Enough', 0.97),
      );
      expect((await readRaster(small, reader)).rotation).toBe(180);
      expect(calls).toEqual(['block', 'page', 'block']);
    });
  });

  it('reads letters of full size again that stand in unsure words, and takes the surer words', async () => {
    const { reader, calls } = engine((segmentation) =>
      segmentation === 'page' ? line('T0TAL', 0.7, [0, 0, 1, 0.9]) : line('TOTAL', 0.95),
    );
    const { words, attempts } = await readRaster(printed(20), reader);
    expect(calls).toEqual(['page', 'block']);
    expect(words.map(({ text }) => text)).toContain('TOTAL');
    expect(attempts?.map(({ outcome }) => outcome)).toEqual(['kept', 'filled-gaps']);
  });

  it('fills gaps only with words that are sure, and leaves out what is hardly a word', async () => {
    const { reader } = engine(
      (segmentation) => (image) =>
        segmentation === 'page'
          ? [...line('Trustworthy', 0.8, [0, 0, 1, 0.4])(image), ...line('smudge', 0.1, [0, 0.4, 1, 0.5])(image)]
          : line('maybe', 0.5, [0, 0, 1, 1])(image),
    );
    const { words } = await readRaster(printed(), reader);
    expect(words.map(({ text }) => text)).toEqual(['Trustworthy']);
  });

  it('tries a page that reads badly the other ways up, and says which way it lay', async () => {
    // The whole page upright, then the part turned by 180 degrees.
    const { reader } = engine((_segmentation, call) => (call === 1 ? line('u6noz', 0.3) : line('Enough', 0.95)));
    const page = await readRaster(printed(), reader);
    expect(page).toMatchObject({ rotation: 180, words: [{ text: 'Enough' }] });
    expect(page.remarks).toEqual([expect.stringContaining('turned by 180 degrees')]);
  });

  it('stays with the page as it lies when no other way up is clearly better', async () => {
    const { reader, calls } = engine(() => line('scribble', 0.4));
    const page = await readRaster(printed(), reader);
    expect(page).toMatchObject({ rotation: 0, remarks: [] });
    expect(calls).toEqual(['page', 'page', 'page', 'page']);
  });

  it.each([
    ['across it only upside down', uneven(), ['page', 'page']],
    ['up or down it only on its sides', onItsSide(uneven()), ['page', 'page', 'page']],
  ])('tries a page whose lines run %s', async (_way, raster, expected) => {
    const { reader, calls } = engine(() => line('scribble', 0.4));
    await readRaster(raster, reader);
    expect(calls).toEqual(expected);
  });

  it('turns a page whose words stand on end', async () => {
    const upright = line('Sideways', 0.95, [0.1, 0.4, 0.9, 0.5]);
    const onEnd = (image: GrayImage): RawWord[] =>
      [0.1, 0.4, 0.7].flatMap((x) => line('Sideways', 0.95, [x, 0, x + 0.05, 1])(image));
    const { reader } = engine((_segmentation, call) =>
      call === 1 ? onEnd : (image) => [1, 2, 3].flatMap(() => upright(image)),
    );
    const page = await readRaster(printed(), reader);
    expect(page.rotation).toBe(270);
    const [x0, y0, x1, y1] = page.words[0]!.box;
    expect(y1 - y0).toBeGreaterThan(x1 - x0);
  });
});
