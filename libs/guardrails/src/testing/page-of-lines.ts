import type { PageLayout } from '@waybill/contracts';

/** A page whose lines are these; words stand side by side, each line below the one before. */
export function pageOfLines(lines: readonly string[], more: Partial<PageLayout> = {}): PageLayout {
  const words: PageLayout['words'] = [];
  const laid = lines.map((text, row) => {
    const own = text.split(' ').map((said, column) => {
      const [x, y] = [0.02 + column * 0.06, 0.05 + row * 0.03];
      words.push({ text: said, box: [x, y, x + 0.055, y + 0.02], confidence: 0.95 });
      return words.length - 1;
    });
    return {
      text,
      words: own,
      box: [0, 0.05 + row * 0.03, 1, 0.07 + row * 0.03] as [number, number, number, number],
      confidence: 0.95,
    };
  });
  return {
    ...{
      version: 1,
      document: 0,
      page: 1,
      width: 1_000,
      height: 1_400,
      unit: 'px',
      dpi: 150,
      rotation: 0,
      skewDegrees: 0,
    },
    ...{
      source: 'ocr',
      engine: { name: 'test', version: '1' },
      languages: ['eng'],
      blocks: [],
      tables: [],
      keyValues: [],
    },
    ...{ remarks: [], words, lines: laid },
    ...more,
  };
}
