import type { KindAnswer } from './kind-answer.js';
import { pagesNamed, type SeenLine } from './seen-document.js';

interface Point {
  readonly label: string;
  readonly value: number;
  readonly printed: true;
  readonly words: readonly number[];
}

/** `chart`: labels and numbers that stand in one line, as one series. Nobody looks at the picture. */
export const chartAnswer: KindAnswer = {
  properties: ['charts'],
  answer({ lines, wish, mistaken }) {
    const charts = pagesNamed(wish).flatMap((page) => {
      const own = lines.filter((line) => line.page === page);
      const points = own.flatMap(pointsOf);
      if (points.length === 0) return [];
      const said = points.map((point) =>
        mistaken(`/${page}/${point.label}`) ? { ...point, value: point.value + 1, words: [] } : point,
      );
      const title = own.find((line) => pointsOf(line).length === 0)?.text ?? null;
      return [{ page, title, type: 'bar', xAxis: null, yAxis: null, series: [{ name: null, points: said }] }];
    });
    return { charts };
  },
};

/** `Spring 12` and `Spring 12 Summer 30`: each number with the words before it. */
function pointsOf({ words }: SeenLine): Point[] {
  const points: Point[] = [];
  let label: string[] = [];
  for (const { number, text } of words) {
    if (!/^-?\d{1,3}(?:,?\d{3})*(?:\.\d+)?%?$/.test(text)) label.push(text);
    else if (label.length > 0) {
      points.push({
        label: label.join(' '),
        value: Number(text.replaceAll(/[,%]/g, '')),
        printed: true,
        words: [number],
      });
      label = [];
    }
  }
  return points;
}
