import type { PageLayout } from '@waybill/contracts';
import { layOutPage, type RawWord } from '@waybill/document-layout';

interface Paper {
  readonly width: number;
  readonly height: number;
  readonly page?: number;
}

/** The layout of words on a sheet of paper in points. */
export const layoutOfWords = (words: RawWord[], { width, height, page = 1 }: Paper): PageLayout =>
  layOutPage({
    ...{ document: 0, page, width, height, unit: 'pt', dpi: null, rotation: 0, skewDegrees: 0, source: 'ocr' },
    ...{ engine: { name: 'test', version: '1' }, languages: ['eng'], remarks: [], words },
  });

/** A page typed on a typewriter: every character is 6 points wide, every line 14 points high. */
export function layoutOf(lines: readonly string[], page = 1): PageLayout {
  const words = lines.flatMap((line, row) =>
    [...line.matchAll(/\S+/g)].map((match): RawWord => {
      const [x0, y0] = [20 + match.index * 6, 20 + row * 14];
      return { text: match[0], box: [x0, y0, x0 + match[0].length * 6, y0 + 10], confidence: 0.98 };
    }),
  );
  const longest = Math.max(...lines.map((line) => line.length), 1);
  return layoutOfWords(words, { width: 40 + longest * 6, height: 40 + lines.length * 14, page });
}
