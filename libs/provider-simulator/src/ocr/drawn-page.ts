import type { Box } from '@waybill/contracts';
import type { PageRaster } from '@waybill/document-layout';
import sharp from 'sharp';

export interface DrawnWord {
  readonly text: string;
  /** Pixels of the page. */
  readonly box: Box;
}

export interface DrawnCell extends DrawnWord {
  readonly row: number;
  readonly column: number;
  /** The cell around the word. */
  readonly cell: Box;
}

/** A page whose every word is known: a heading, two labels with values, a check box, a table of three by three. */
export interface DrawnPage {
  readonly width: number;
  readonly height: number;
  readonly heading: readonly DrawnWord[];
  readonly pairs: readonly { readonly key: DrawnWord; readonly value: DrawnWord }[];
  /** A ticked box and what stands beside it. */
  readonly mark: { readonly box: Box; readonly label: DrawnWord };
  readonly cells: readonly DrawnCell[];
}

const letter = 0.6;

const wordAt = (text: string, x: number, y: number, size: number): DrawnWord => ({
  text,
  box: [x, y, x + letter * size * text.length, y + size],
});

const rows = [
  ['Item', 'Count', 'Amount'],
  ['Paper', '12', '30.40'],
  ['Ink', '3', '9.44'],
];

export function drawnPage(): DrawnPage {
  const [left, top, wide, high] = [90, 520, 240, 70];
  return {
    width: 900,
    height: 1_200,
    heading: [wordAt('Delivery', 90, 80, 40), wordAt('note', 310, 80, 40)],
    pairs: [
      { key: wordAt('Number:', 90, 220, 26), value: wordAt('A-1001', 320, 220, 26) },
      { key: wordAt('Date:', 90, 290, 26), value: wordAt('2026-03-02', 320, 290, 26) },
    ],
    mark: { box: [90, 380, 118, 408], label: wordAt('Complete', 140, 381, 26) },
    cells: rows.flatMap((texts, row) =>
      texts.map((text, column) => {
        const cell: Box = [left + column * wide, top + row * high, left + (column + 1) * wide, top + (row + 1) * high];
        return { ...wordAt(text, cell[0] + 20, cell[1] + 22, 26), row, column, cell };
      }),
    ),
  };
}

/** Every printed word, from top to bottom. */
export const wordsOf = ({ heading, pairs, mark, cells }: DrawnPage): DrawnWord[] => [
  ...heading,
  ...pairs.flatMap(({ key, value }) => [key, value]),
  mark.label,
  ...cells,
];

/** The page as a drawing; its table has no lines, so that only an engine can tell that it is one. */
export function svgOf(page: DrawnPage): string {
  const texts = wordsOf(page).map(({ text, box: [x0, y0, , y1] }) => {
    const letters = [...text].map((character, index) => {
      const x = x0 + (index + 0.1) * letter * (y1 - y0);
      return `<text x="${x}" y="${y1 - 0.15 * (y1 - y0)}" font-size="${y1 - y0}">${character}</text>`;
    });
    return letters.join('');
  });
  const [x0, y0, x1, y1] = page.mark.box;
  const tick = `<path d="M${x0} ${y0}H${x1}V${y1}H${x0}Z M${x0} ${y0}L${x1} ${y1} M${x1} ${y0}L${x0} ${y1}" fill="none" stroke="black" stroke-width="3"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${page.width}" height="${page.height}">
    <rect width="100%" height="100%" fill="white"/><g font-family="monospace">${texts.join('')}</g>${tick}</svg>`;
}

/** The page as an engine gets it. */
export async function rasterOf(page: DrawnPage): Promise<PageRaster> {
  const { data, info } = await sharp(Buffer.from(svgOf(page)))
    .flatten({ background: 'white' })
    .grayscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 1, dpi: 150 };
}

/** What a provider sees of a page: the words that have ink in the picture it was sent, with the picture's size. */
export interface SeenPage {
  readonly width: number;
  readonly height: number;
  /** The page's words as shares of the picture. */
  readonly words: readonly DrawnWord[];
  readonly share: (box: Box) => Box;
  /** The same in pixels of the picture. */
  readonly pixels: (box: Box) => Box;
}

/** Looks at a picture of the page; undefined when it is no picture. */
export async function see(page: DrawnPage, picture: Buffer): Promise<SeenPage | undefined> {
  try {
    const { data, info } = await sharp(picture).grayscale().raw().toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    const share = ([x0, y0, x1, y1]: Box): Box => [
      x0 / page.width,
      y0 / page.height,
      x1 / page.width,
      y1 / page.height,
    ];
    const pixels = (box: Box): Box => share(box).map((edge, at) => edge * (at % 2 === 0 ? width : height)) as Box;
    const hasInk = ({ box }: DrawnWord): boolean => {
      const [x0, y0, x1, y1] = pixels(box).map(Math.round) as Box;
      for (let y = y0; y < y1; y += 1) {
        for (let x = x0; x < x1; x += 1) if ((data[(y * width + x) * info.channels] ?? 255) < 128) return true;
      }
      return false;
    };
    return { width, height, words: wordsOf(page).filter(hasInk), share, pixels };
  } catch {
    return undefined;
  }
}

/** Corners from the top left, clockwise. */
export const cornersOf = ([x0, y0, x1, y1]: Box): [number, number][] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
];
