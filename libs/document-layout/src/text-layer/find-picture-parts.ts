import type { Box } from '@waybill/contracts';
import type { PageRaster } from '../ocr-engine.js';

/** Smaller pictures, in points, hold no words: rules, bullets, icons. */
const leastWidth = 36;
const leastHeight = 12;
/** A page is read in at most this many parts. */
const mostParts = 12;
/** Pictures this close, in points, whose common frame is filled by them are strips of one picture. */
const seam = 1.5;
const filledShare = 0.85;

/** A picture's place on the page, in points. */
export interface Placed {
  readonly box: Box;
}

/** Joins the strips and tiles that programs cut one picture into. Largest first; boxes in points. */
export function joinStrips(pictures: readonly Placed[]): Box[] {
  let boxes = pictures.map(({ box }) => box);
  for (let isChanged = boxes.length <= mostJoined; isChanged;) {
    isChanged = false;
    for (let one = 0; one < boxes.length && !isChanged; one += 1) {
      for (let two = one + 1; two < boxes.length && !isChanged; two += 1) {
        const joined = joinedBox(boxes[one], boxes[two]);
        if (!joined) continue;
        boxes = [...boxes.filter((_, index) => index !== one && index !== two), joined];
        isChanged = true;
      }
    }
  }
  return boxes.sort((one, other) => areaOf(other) - areaOf(one));
}

/** A page of more pictures than this is a mosaic or a drawing. */
const mostJoined = 60;

/**
 * Which pictures beside a sound text layer hold words of their own: those that look written in `bare`, the page drawn
 * without its text. Boxes in points of a page of this `width` and `height`.
 */
export function findPictureParts(
  pictures: readonly Placed[],
  bare: PageRaster,
  { width, height }: { readonly width: number; readonly height: number },
): Box[] {
  const [scaleX, scaleY] = [bare.width / width, bare.height / height];
  return joinStrips(pictures)
    .filter(([x0, y0, x1, y1]) => x1 - x0 >= leastWidth && y1 - y0 >= leastHeight)
    .filter(([x0, y0, x1, y1]) => looksWritten(bare, [x0 * scaleX, y0 * scaleY, x1 * scaleX, y1 * scaleY]))
    .slice(0, mostParts);
}

/** Written pictures have a ground of one shade; photographs do not. */
const groundShare = 0.4;
const groundSteps = 12;
/** Ink differs from the ground by this much, and a row of letters goes from one to the other this often. */
const inkSteps = 60;
const leastEdges = 6;
const writtenRows = 4;

/** Whether a part of a picture, in its pixels, has rows of ink on an even ground, as letters do. */
export function looksWritten(raster: PageRaster, [left, top, right, bottom]: Box): boolean {
  const { data, width, height, channels } = raster;
  const [x0, x1] = [Math.max(0, Math.floor(left)), Math.min(width, Math.ceil(right))];
  const [y0, y1] = [Math.max(0, Math.floor(top)), Math.min(height, Math.ceil(bottom))];
  const shades = new Uint32Array(256);
  const shadeAt = (x: number, y: number): number => {
    const at = (y * width + x) * channels;
    return channels === 1 ? (data[at] ?? 0) : ((data[at] ?? 0) + 2 * (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) >> 2;
  };
  for (let y = y0; y < y1; y += 1) {
    for (let x = x0; x < x1; x += 1) shades[shadeAt(x, y)] = (shades[shadeAt(x, y)] ?? 0) + 1;
  }
  const ground = shades.indexOf(Math.max(...shades));
  const near = shades.subarray(Math.max(0, ground - groundSteps), ground + groundSteps + 1);
  if (near.reduce((sum, count) => sum + count, 0) < groundShare * (x1 - x0) * (y1 - y0)) return false;
  let rows = 0;
  for (let y = y0; y < y1; y += 1) {
    let edges = 0;
    let isInk = false;
    for (let x = x0; x < x1; x += 1) {
      const next = Math.abs(shadeAt(x, y) - ground) >= inkSteps;
      if (next !== isInk) edges += 1;
      isInk = next;
    }
    if (edges >= leastEdges) rows += 1;
  }
  return rows >= writtenRows;
}

function joinedBox(one: Box | undefined, two: Box | undefined): Box | undefined {
  if (!one || !two) return undefined;
  const frame: Box = [
    Math.min(one[0], two[0]),
    Math.min(one[1], two[1]),
    Math.max(one[2], two[2]),
    Math.max(one[3], two[3]),
  ];
  const [width, height] = [
    Math.min(one[2], two[2]) - Math.max(one[0], two[0]),
    Math.min(one[3], two[3]) - Math.max(one[1], two[1]),
  ];
  if (width < -seam || height < -seam) return undefined;
  const shared = Math.max(0, width) * Math.max(0, height);
  return areaOf(one) + areaOf(two) - shared >= filledShare * areaOf(frame) ? frame : undefined;
}

const areaOf = ([x0, y0, x1, y1]: Box): number => (x1 - x0) * (y1 - y0);
