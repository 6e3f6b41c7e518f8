import type { RawWord } from '@waybill/document-layout';

/** Level of a word in Tesseract's table: page 1, block 2, paragraph 3, line 4, word 5. */
const wordLevel = '5';

/**
 * Words of Tesseract's tab-separated output, in its order: `level page block paragraph line word left top width height
 * confidence text` a row, confidence 0..100. Boxes come back as edges in pixels of its picture, confidences 0..1.
 */
export function tsvWords(tsv: string): RawWord[] {
  return tsv.split('\n').flatMap((row) => {
    const [level, , , , , , left, top, width, height, confidence, ...rest] = row.split('\t');
    const text = rest.join('\t').trim();
    if (level !== wordLevel || text === '') return [];
    const [x0, y0] = [Number(left), Number(top)];
    return [
      {
        text,
        box: [x0, y0, x0 + Number(width), y0 + Number(height)],
        confidence: Math.min(1, Math.max(0, Number(confidence) / 100)),
      },
    ];
  });
}
