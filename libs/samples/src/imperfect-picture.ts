import sharp from 'sharp';
import type { GreyPage } from './rasterise.js';
import type { SeededRandom } from './seeded-random.js';

// Looked up once, because they are asked for at every pixel.
const { floor, abs } = Math;

export interface ScanFlaws {
  readonly skewDegrees: number;
  /** Grey levels. */
  readonly grain: number;
}

/** What a flatbed scanner makes of a page: slightly turned, not quite white, a little grain. The size stays. */
export async function scanPage(page: GreyPage, flaws: ScanFlaws, random: SeededRandom): Promise<GreyPage> {
  const { width, height } = page;
  const turned = await sharp(page.data, { raw: { width, height, channels: 1 } })
    .rotate(flaws.skewDegrees, { background: '#ffffff' })
    .resize({ width, height, fit: 'cover', position: 'centre', kernel: 'cubic' })
    .toColourspace('b-w')
    .linear(0.9, 18)
    .raw()
    .toBuffer();
  const pixels = new Uint8ClampedArray(turned);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = (pixels[at] ?? 0) + flaws.grain * random.normal();
  return { data: new Uint8Array(pixels.buffer), width, height };
}

type Point = readonly [number, number];

/** The projective map (x, y) -> (u, v) that takes the unit square to four corners, clockwise from top left. */
function squareTo([p0, p1, p2, p3]: readonly [Point, Point, Point, Point]): (x: number, y: number) => Point {
  const [dx1, dy1] = [p1[0] - p2[0], p1[1] - p2[1]];
  const [dx2, dy2] = [p3[0] - p2[0], p3[1] - p2[1]];
  const [sx, sy] = [p0[0] - p1[0] + p2[0] - p3[0], p0[1] - p1[1] + p2[1] - p3[1]];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / determinant;
  const h = (dx1 * sy - sx * dy1) / determinant;
  const [a, b] = [p1[0] - p0[0] + g * p1[0], p3[0] - p0[0] + h * p3[0]];
  const [d, e] = [p1[1] - p0[1] + g * p1[1], p3[1] - p0[1] + h * p3[1]];
  return (x, y) => {
    const w = g * x + h * y + 1;
    return [(a * x + b * y + p0[0]) / w, (d * x + e * y + p0[1]) / w];
  };
}

/**
 * A photograph of a paper slip on a dark table, as RGB: seen slightly from the side, unevenly lit, soft and grainy.
 * The slip fills most of the picture.
 */
export function photographPage(page: GreyPage, random: SeededRandom): GreyPage & { channels: 3 } {
  const margin = Math.round(page.width * 0.07);
  const width = page.width + 2 * margin;
  const height = page.height + 2 * margin;
  // Corners of the picture in the coordinates of the slip: the inverse view, so that every pixel asks where it lies.
  const lean = 0.006;
  const [over, below] = [margin / page.width, margin / page.height];
  const view = squareTo([
    [-over - lean, -below + lean],
    [1 + over, -below - lean],
    [1 + over + lean * 2, 1 + below],
    [-over + lean, 1 + below + lean],
  ]);
  const pixels = new Uint8ClampedArray(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const [u, v] = view(column / width, row / height);
      const light = 0.97 - 0.16 * (column / width) * (row / height) - 0.05 * abs(v - 0.4);
      const onPaper = u > 0 && u < 1 && v > 0 && v < 1;
      const grey = onPaper ? 34 + 0.8 * sample(page, u * (page.width - 1), v * (page.height - 1)) : 72;
      const tint = onPaper ? paperTint : tableTint;
      const grain = 5 * random.normal();
      for (const channel of [0, 1, 2] as const) {
        pixels[(row * width + column) * 3 + channel] = grey * light * tint[channel] + grain;
      }
    }
  }
  return { data: new Uint8Array(pixels.buffer), width, height, channels: 3 };
}

const paperTint = [1, 0.985, 0.94] as const;
const tableTint = [1.1, 0.85, 0.65] as const;

/** Grey between four pixels. */
function sample(page: GreyPage, x: number, y: number): number {
  const [left, top] = [floor(x), floor(y)];
  const [fx, fy] = [x - left, y - top];
  const at = (column: number, row: number): number => page.data[row * page.width + column] ?? 255;
  const upper = at(left, top) * (1 - fx) + at(left + 1, top) * fx;
  const lower = at(left, top + 1) * (1 - fx) + at(left + 1, top + 1) * fx;
  return upper * (1 - fy) + lower * fy;
}
