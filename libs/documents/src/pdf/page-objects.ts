import type { Pdfium } from './pdfium.js';
import { withMemory } from './pdfium.js';

/** From fpdf_edit.h. */
export const objectTypes = { text: 1, path: 2, image: 3, form: 5 } as const;

/** `[a, b, c, d, e, f]`: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** An object drawn on a page, and how its own space lies in the page's. */
export interface PageObject {
  readonly pointer: number;
  readonly type: number;
  readonly toPage: Matrix;
}

export const identity: Matrix = [1, 0, 0, 1, 0, 0];
/** Forms within forms: deeper ones are malice, or a loop. */
const mostNesting = 8;
const mostObjects = 200_000;

/** Everything drawn on a page, in drawing order, also inside of forms (reused pieces, form fields, stamps). */
export function objectsOf({ pdfium, pointer }: { readonly pdfium: Pdfium; readonly pointer: number }): PageObject[] {
  const found: PageObject[] = [];
  const visit = (object: number, toPage: Matrix, depth: number): void => {
    if (object === 0 || found.length >= mostObjects) return;
    const type = pdfium._FPDFPageObj_GetType(object);
    found.push({ pointer: object, type, toPage });
    if (type !== objectTypes.form || depth >= mostNesting) return;
    const inside = joined(matrixOf(pdfium, object), toPage);
    for (let index = 0; index < pdfium._FPDFFormObj_CountObjects(object); index += 1) {
      visit(pdfium._FPDFFormObj_GetObject(object, index), inside, depth + 1);
    }
  };
  for (let index = 0; index < pdfium._FPDFPage_CountObjects(pointer); index += 1) {
    visit(pdfium._FPDFPage_GetObject(pointer, index), identity, 0);
  }
  return found;
}

/** An object's own matrix; none is as good as one that changes nothing. */
export function matrixOf(pdfium: Pdfium, object: number): Matrix {
  return withMemory(pdfium, 24, (out) => {
    if (!pdfium._FPDFPageObj_GetMatrix(object, out)) return identity;
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = pdfium.HEAPF32.subarray(out / 4, out / 4 + 6);
    return [a, b, c, d, e, f];
  });
}

/** First `one`, then `two`. */
function joined(one: Matrix, two: Matrix): Matrix {
  const [a, b, c, d, e, f] = one;
  const [e2, f2] = placed([e, f], two);
  return [a * two[0] + b * two[2], a * two[1] + b * two[3], c * two[0] + d * two[2], c * two[1] + d * two[3], e2, f2];
}

/** A point of an object's space in the space around it. */
export const placed = ([x, y]: readonly [number, number], [a, b, c, d, e, f]: Matrix): [number, number] => [
  a * x + c * y + e,
  b * x + d * y + f,
];
