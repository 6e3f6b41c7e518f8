import { PDFDocument, type PDFFont } from 'pdf-lib';
import { sheetFonts, type Sheet, type SheetFont, type TextRun } from './sheet.js';

/** A fixed moment, so that the same sheets give the same bytes. */
const drawnAt = new Date('2026-01-01T00:00:00Z');

export type SheetFaces = Readonly<Record<SheetFont, PDFFont>>;

/** The standard faces, for measuring text or drawing into `document`. */
export async function loadFaces(document: PDFDocument): Promise<SheetFaces> {
  const faces = await Promise.all(sheetFonts.map(async (name) => [name, await document.embedFont(name)] as const));
  return Object.fromEntries(faces) as Record<SheetFont, PDFFont>;
}

/** The left end of a run, in points. */
export function leftOf(run: TextRun, faces: SheetFaces): number {
  const width = faces[run.font].widthOfTextAtSize(run.text, run.size);
  if (run.align === 'left') return run.x;
  return run.align === 'right' ? run.x - width : run.x - width / 2;
}

/** A digital PDF with one page a sheet and a text layer. */
export async function renderPdf(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.setProducer('waybill samples');
  document.setCreationDate(drawnAt);
  document.setModificationDate(drawnAt);
  const faces = await loadFaces(document);
  for (const sheet of sheets) {
    const page = document.addPage([sheet.width, sheet.height]);
    for (const run of sheet.runs) {
      page.drawText(run.text, {
        x: leftOf(run, faces),
        y: sheet.height - run.y,
        size: run.size,
        font: faces[run.font],
      });
    }
    for (const { x0, y0, x1, y1 } of sheet.rules) {
      page.drawLine({ start: { x: x0, y: sheet.height - y0 }, end: { x: x1, y: sheet.height - y1 }, thickness: 0.7 });
    }
  }
  return document.save();
}
