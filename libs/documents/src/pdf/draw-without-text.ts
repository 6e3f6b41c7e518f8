import { objectsOf, objectTypes } from './page-objects.js';
import type { PdfPage } from './pdf-page.js';

/** Draws the page as if it had no text, by whatever `draw` does; afterwards the page has its text again. */
export function drawWithoutText<Result>(page: PdfPage, draw: () => Result): Result {
  const { pdfium } = page;
  const texts = objectsOf(page).filter(({ type }) => type === objectTypes.text);
  for (const { pointer } of texts) pdfium._FPDFPageObj_SetIsActive(pointer, 0);
  try {
    return draw();
  } finally {
    for (const { pointer } of texts) pdfium._FPDFPageObj_SetIsActive(pointer, 1);
  }
}
