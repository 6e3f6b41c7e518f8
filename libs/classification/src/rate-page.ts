import type { Difficulty, PageClassification, PageLayout } from '@waybill/contracts';
import { amountOn, difficultyData } from './difficulty-weights.js';
import { rateDifficulty, type Measures } from './rate-difficulty.js';

/** How hard a page is, whatever is asked about it. */
export const ratePage = (layout: PageLayout, classification?: PageClassification): Difficulty =>
  rateDifficulty(measurePage(layout, classification));

/** What makes the page hard, each in the units of its scale. */
export function measurePage(layout: PageLayout, classification?: PageClassification): Measures {
  const { words, tables, skewDegrees, rotation, languages } = layout;
  const mean = words.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, words.length);
  const variance = words.reduce((sum, { confidence }) => sum + (confidence - mean) ** 2, 0) / Math.max(1, words.length);
  const cells = tables.flatMap((table) => table.cells);
  const spans = cells.filter(({ rowSpan, columnSpan }) => rowSpan * columnSpan > 1).length;
  return {
    'reading-doubt': words.length === 0 ? 0 : 1 - mean,
    'reading-spread': Math.sqrt(variance),
    'text-density': words.length,
    'table-complexity': cells.length + difficultyData.cellSpan * spans,
    skew: Math.abs(skewDegrees) + (rotation === 0 ? 0 : 2),
    resolution: coarseness(layout),
    language: strangeness(languages),
    'page-kind': classification ? hardnessOf(classification) : 0,
  };
}

/** The higher of what density and the height of letters say; 0 for pages that carry their own text. */
function coarseness({ source, dpi, unit, height, words }: PageLayout): number {
  if (source !== 'ocr') return 0;
  const byDensity = dpi === null ? 0 : amountOn(difficultyData.dpi, dpi);
  if (unit !== 'px' || words.length === 0) return byDensity;
  const heights = words.map(({ box: [, y0, , y1] }) => (y1 - y0) * height).sort((one, other) => one - other);
  return Math.max(byDensity, amountOn(difficultyData.letterHeightPixels, heights[heights.length >> 1] ?? 0));
}

/** Of the hardest language, and a little more for every further one. */
function strangeness(languages: readonly string[]): number {
  const known: Readonly<Record<string, number>> = difficultyData.languages;
  const each = languages.map((language) => known[language] ?? difficultyData.otherLanguage);
  return Math.max(0, ...each) + 0.1 * Math.max(0, languages.length - 1);
}

/** Of the kinds that are told, each as far as it is likely. */
const hardnessOf = ({ kinds }: PageClassification): number =>
  kinds.reduce((sum, { kind, probability }) => sum + probability * difficultyData.pageKinds[kind], 0);
