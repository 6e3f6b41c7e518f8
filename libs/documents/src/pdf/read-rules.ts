import type { RuleLine } from '@waybill/document-layout';
import { matrixOf, objectTypes, placed } from './page-objects.js';
import type { PdfPage } from './pdf-page.js';
import { withMemory, type Pdfium } from './pdfium.js';

/** From fpdf_edit.h. */
const lineSegment = 0;
const moveSegment = 2;
/** In points. A rule is drawn as a line, or as a bar no thicker than this. */
const thickestRule = 3;
const shortestRule = 6;
/** A line may leave its direction by this much from end to end, in points. */
const straightness = 1;
/** A page with more paths than this is a drawing, and its lines rule nothing. */
const mostPaths = 5_000;

type Point = readonly [x: number, y: number];

/** The horizontal and vertical rules drawn on the page, in points of the displayed page; pieces are not joined. */
export function readRules(page: PdfPage): RuleLine[] {
  const { pdfium } = page;
  const rules: RuleLine[] = [];
  const add = (one: Point, two: Point): void => {
    const [x0, y0] = page.toDisplay(...one);
    const [x1, y1] = page.toDisplay(...two);
    const [across, down] = [Math.abs(x1 - x0), Math.abs(y1 - y0)];
    if (Math.min(across, down) > straightness || Math.max(across, down) < shortestRule) return;
    rules.push({ x0: Math.min(x0, x1), y0: Math.min(y0, y1), x1: Math.max(x0, x1), y1: Math.max(y0, y1) });
  };
  withMemory(pdfium, 32, (out) => {
    const paths = pathsOf(page);
    if (paths.length > mostPaths) return;
    for (const path of paths) {
      const bar = barOf(pdfium, path, out);
      if (bar) add(...bar);
      else if (isStroked(pdfium, path, out)) for (const side of sidesOf(pdfium, path, out)) add(...side);
    }
  });
  return rules;
}

function pathsOf({ pdfium, pointer }: PdfPage): number[] {
  const objects = Array.from({ length: pdfium._FPDFPage_CountObjects(pointer) }, (_, index) =>
    pdfium._FPDFPage_GetObject(pointer, index),
  );
  return objects.filter((object) => pdfium._FPDFPageObj_GetType(object) === objectTypes.path);
}

/** A path that is thin as a whole, from the middle of one end to the middle of the other. */
function barOf(pdfium: Pdfium, path: number, out: number): [Point, Point] | undefined {
  if (!pdfium._FPDFPageObj_GetBounds(path, out, out + 4, out + 8, out + 12)) return undefined;
  const [left = 0, bottom = 0, right = 0, top = 0] = pdfium.HEAPF32.subarray(out / 4, out / 4 + 4);
  const [x, y] = [(left + right) / 2, (bottom + top) / 2];
  if (top - bottom <= thickestRule && right - left > top - bottom)
    return [
      [left, y],
      [right, y],
    ];
  if (right - left <= thickestRule)
    return [
      [x, bottom],
      [x, top],
    ];
  return undefined;
}

function isStroked(pdfium: Pdfium, path: number, out: number): boolean {
  return pdfium._FPDFPath_GetDrawMode(path, out, out + 4) === 1 && pdfium.HEAP32[out / 4 + 1] !== 0;
}

/** The straight segments of a path, in the page's own space. */
function sidesOf(pdfium: Pdfium, path: number, out: number): [Point, Point][] {
  const matrix = matrixOf(pdfium, path);
  const sides: [Point, Point][] = [];
  let [start, last]: (Point | undefined)[] = [];
  for (let index = 0; index < pdfium._FPDFPath_CountSegments(path); index += 1) {
    const segment = pdfium._FPDFPath_GetPathSegment(path, index);
    pdfium._FPDFPathSegment_GetPoint(segment, out, out + 4);
    const [x = 0, y = 0] = pdfium.HEAPF32.subarray(out / 4, out / 4 + 2);
    const point = placed([x, y], matrix);
    const type = pdfium._FPDFPathSegment_GetType(segment);
    if (type === lineSegment && last) sides.push([last, point]);
    if (type === moveSegment) start = point;
    last = point;
    if (start && pdfium._FPDFPathSegment_GetClose(segment)) sides.push([point, start]);
  }
  return sides;
}
