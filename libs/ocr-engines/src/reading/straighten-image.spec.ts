import { describe, expect, it } from '@jest/globals';
import { straightenImage } from './straighten-image.js';

const [width, height] = [200, 100];

/** A page with a bar of three pixels whose middle runs through the page's, slanting down to the right by so much. */
function slanted(degrees: number) {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [(at % width) + 0.5 - width / 2, Math.floor(at / width) + 0.5 - height / 2];
    return Math.abs(x) < 80 && Math.abs(y - x * slope) < 1.5 ? 0 : 255;
  });
  return { data, width, height };
}

const rowsOfInk = ({ data, width: wide }: { data: Uint8Array; width: number }) => [
  ...new Set([...data.entries()].filter(([, value]) => value === 0).map(([at]) => Math.floor(at / wide))),
];

describe('straightenImage', () => {
  it.each([1.5, -1.5, 12, -12])('makes a line level that slants by %p degrees', (degrees) => {
    const straight = straightenImage(slanted(degrees), degrees);
    const rows = rowsOfInk(straight);
    expect(rowsOfInk(slanted(degrees)).length).toBeGreaterThanOrEqual(5);
    expect(rows.length).toBeLessThanOrEqual(5);
    expect(Math.abs((rows[0] ?? 0) + 2 - straight.height / 2)).toBeLessThanOrEqual(2);
  });

  it('loses no corner, and leaves paper around it', () => {
    const black = { data: new Uint8Array(width * height), width, height };
    const { data, ...sides } = straightenImage(black, 10);
    const ink = data.filter((value) => value === 0).length;
    expect(Math.abs(ink - width * height)).toBeLessThan(0.01 * width * height);
    expect(sides).toEqual({
      width: Math.ceil(200 * cos10 + 100 * sin10),
      height: Math.ceil(100 * cos10 + 200 * sin10),
    });
    expect(new Set(data)).toEqual(new Set([0, 255]));
  });

  it('leaves an image alone that does not slant', () => {
    expect(straightenImage(slanted(3), 0)).toEqual(slanted(3));
  });
});

const [cos10, sin10] = [Math.cos(Math.PI / 18), Math.sin(Math.PI / 18)];
