import { PDFDocument } from 'pdf-lib';
import { leftOf, loadFaces } from './render-pdf.js';
import type { Sheet } from './sheet.js';

export interface SheetWord {
  text: string;
  /** `[x0, y0, x1, y1]` in points, origin top left. */
  box: [number, number, number, number];
}

/** Where every word of the sheets stands, by the metrics of the faces: what a perfect reading would give. */
export async function sheetWords(sheets: readonly Sheet[]): Promise<SheetWord[][]> {
  const faces = await loadFaces(await PDFDocument.create());
  return sheets.map((sheet) =>
    sheet.runs.flatMap((run) => {
      const face = faces[run.font];
      const left = leftOf(run, faces);
      const words: SheetWord[] = [];
      for (const match of run.text.matchAll(/\S+/g)) {
        const x0 = left + face.widthOfTextAtSize(run.text.slice(0, match.index), run.size);
        const x1 = x0 + face.widthOfTextAtSize(match[0], run.size);
        words.push({ text: match[0], box: [x0, run.y - run.size * 0.75, x1, run.y + run.size * 0.22] });
      }
      return words;
    }),
  );
}
