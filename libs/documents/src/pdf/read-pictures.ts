import type { PictureArea } from '@waybill/document-layout';
import type { PdfPage } from './pdf-page.js';
import { withMemory, type Pdfium } from './pdfium.js';

/** From fpdf_edit.h. */
const pathObject = 2;
const imageObject = 3;
const shadingObject = 4;
/** Thinner objects, in points, are lines: they belong to tables and forms as well as to drawings. */
const thinnestArea = 4;
/** Parts of one drawing lie no farther apart than this, in points. */
const closest = 6;
/** A drawing has at least so many parts that are no lines. */
const fewestParts = 6;
/** Of the page's area: a larger part is a background. */
const backgroundShare = 0.7;
/** Pages with more objects than this are one drawing: maps and plans. */
const mostObjects = 20_000;
const mostParts = 1_500;

type Box = PictureArea['box'];

/** Pictures and drawings placed on the page, in points of the displayed page. */
export function readPictures(page: PdfPage): PictureArea[] {
  const { pdfium, pointer, width, height } = page;
  const pictures: Box[] = [];
  const parts: Box[] = [];
  const count = Math.min(mostObjects, pdfium._FPDFPage_CountObjects(pointer));
  withMemory(pdfium, 16, (out) => {
    for (let index = 0; index < count; index += 1) {
      const object = pdfium._FPDFPage_GetObject(pointer, index);
      const type = pdfium._FPDFPageObj_GetType(object);
      if (type !== imageObject && type !== pathObject && type !== shadingObject) continue;
      const box = boundsOf(page, object, out);
      if (!box) continue;
      const [across, down] = [box[2] - box[0], box[3] - box[1]];
      if (type !== pathObject) pictures.push(box);
      else if (Math.min(across, down) >= thinnestArea && across * down < backgroundShare * width * height) {
        if (isCurved(pdfium, object)) parts.push(box);
      }
    }
  });
  const drawings = parts.length > mostParts ? [[0, 0, width, height] as Box] : drawingsOf(parts);
  return [
    ...joined(pictures).map(({ box }): PictureArea => ({ box, kind: 'picture', certainty: 0.95 })),
    ...drawings.map((box): PictureArea => ({ box, kind: 'drawing', certainty: 0.7 })),
  ];
}

/** Within the page; undefined for what lies outside. */
function boundsOf(page: PdfPage, object: number, out: number): Box | undefined {
  const { pdfium } = page;
  if (!pdfium._FPDFPageObj_GetBounds(object, out, out + 4, out + 8, out + 12)) return undefined;
  const [left = 0, bottom = 0, right = 0, top = 0] = pdfium.HEAPF32.subarray(out / 4, out / 4 + 4);
  const [xs, ys] = [page.toDisplay(left, bottom), page.toDisplay(right, top)].reduce<[number[], number[]]>(
    ([across, down], [x, y]) => [
      [...across, x],
      [...down, y],
    ],
    [[], []],
  );
  const within = (value: number, end: number): number => Math.max(0, Math.min(end, value));
  const box: Box = [
    within(Math.min(...xs), page.width),
    within(Math.min(...ys), page.height),
    within(Math.max(...xs), page.width),
    within(Math.max(...ys), page.height),
  ];
  return box[2] > box[0] && box[3] > box[1] ? box : undefined;
}

/** More than a frame or a shade: those have four corners. */
const isCurved = (pdfium: Pdfium, path: number): boolean => pdfium._FPDFPath_CountSegments(path) > 5;

const drawingsOf = (parts: readonly Box[]): Box[] =>
  joined(parts).flatMap(({ box, count }) => (count >= fewestParts ? [box] : []));

/** Boxes that touch or nearly touch become one: photographs, too, are often placed in strips. */
function joined(boxes: readonly Box[]): { box: Box; count: number }[] {
  let groups = boxes.map((box) => ({ box, count: 1 }));
  for (let merged = true; merged;) {
    merged = false;
    const kept: typeof groups = [];
    for (const group of groups) {
      const other = kept.find(({ box }) => isNear(box, group.box));
      if (!other) kept.push({ ...group });
      else {
        merged = true;
        other.box = around(other.box, group.box);
        other.count += group.count;
      }
    }
    groups = kept;
  }
  return groups;
}

const isNear = (a: Box, b: Box): boolean =>
  a[0] <= b[2] + closest && b[0] <= a[2] + closest && a[1] <= b[3] + closest && b[1] <= a[3] + closest;

const around = (a: Box, b: Box): Box => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
];
