import type { Box } from '@waybill/contracts';
import type { GrayPicture } from '../guardrail.js';

/** Tones between ink and paper, in steps of gray below the paper. */
const [nearestToPaper, farthestFromPaper] = [25, 110];
/** One tone makes up so much of the page: more than the soft edges of letters, less than a coloured ground. */
const [leastShare, mostShare] = [0.008, 0.3];
/** So much wider and higher than a line, as shares of the page. */
const [leastWidth, leastHeight] = [0.3, 0.15];
/** Cells into which the page is divided to see where the tone lies. */
const cells = 24;
/** Share of all tones between that lies in the one tone: edges and photos spread over all of them. */
const leastPurity = 0.6;

/** Where one pale tone lies across the page; undefined when there is none. */
export function palestLayer({ data, width, height }: GrayPicture): Box | undefined {
  const counts = new Uint32Array(256);
  for (const tone of data) counts[tone] = (counts[tone] ?? 0) + 1;
  const paper = counts.reduce((best, count, tone) => (tone > 150 && count > (counts[best] ?? 0) ? tone : best), 255);
  const between = Array.from(
    { length: farthestFromPaper - nearestToPaper },
    (_, step) => paper - nearestToPaper - step,
  ).filter((tone) => tone > 0);
  const around = (tone: number) => [-2, -1, 0, 1, 2].reduce((sum, by) => sum + (counts[tone + by] ?? 0), 0);
  const tone = between.reduce((best, one) => (around(one) > around(best) ? one : best), between[0] ?? 0);
  const share = around(tone) / data.length;
  const all = between.reduce((sum, one) => sum + (counts[one] ?? 0), 0);
  if (share < leastShare || share > mostShare || around(tone) / Math.max(1, all) < leastPurity) return undefined;
  const box = extentOf(tone, { data, width, height });
  return box && box[2] - box[0] >= leastWidth && box[3] - box[1] >= leastHeight ? box : undefined;
}

/** The cells in which the tone is more than a trace. */
function extentOf(tone: number, { data, width, height }: GrayPicture): Box | undefined {
  const counts = new Uint32Array(cells * cells);
  data.forEach((value, at) => {
    if (Math.abs(value - tone) > 2) return;
    const cell =
      Math.floor(((at % width) / width) * cells) + cells * Math.floor((Math.floor(at / width) / height) * cells);
    counts[cell] = (counts[cell] ?? 0) + 1;
  });
  const least = ((width * height) / (cells * cells)) * 0.05;
  const filled = [...counts.keys()].filter((cell) => (counts[cell] ?? 0) > least);
  if (filled.length === 0) return undefined;
  const [columns, rows] = [filled.map((cell) => cell % cells), filled.map((cell) => Math.floor(cell / cells))];
  return [
    Math.min(...columns) / cells,
    Math.min(...rows) / cells,
    (Math.max(...columns) + 1) / cells,
    (Math.max(...rows) + 1) / cells,
  ];
}
