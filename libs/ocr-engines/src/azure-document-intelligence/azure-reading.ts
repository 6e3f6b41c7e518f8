import type { HostedReading, HostedWord, Point } from '../hosted/hosted-reader.js';
import { boxAround, polygonBox, topEdgeOf } from '../hosted/polygon-box.js';
import type { AnalyzeResult } from './azure-answer.js';

type Page = AnalyzeResult['pages'][number];
type Regions = readonly { readonly pageNumber: number; readonly polygon: readonly number[] }[] | undefined;

/** A result in one shape. Corners are pixels of the page, `[x1, y1, …, x4, y4]` from the text's own top left. */
export function azureReading({ pages, tables = [], keyValuePairs = [] }: AnalyzeResult): HostedReading {
  const [page] = pages;
  if (!page) return { words: [], tables: [], pairs: [], billedUnits: pages.length, remarks: [] };
  const boxOf = (regions: Regions) =>
    boxAround(
      (regions ?? [])
        .filter(({ pageNumber }) => pageNumber === 1)
        .map(({ polygon }) => polygonBox(cornersOf(polygon, page)))
        .filter((box) => box !== undefined),
    );
  return {
    words: [...wordsOf(page), ...marksOf(page)],
    tables: tables.map(({ cells }) =>
      cells.flatMap(({ boundingRegions }) => {
        const box = boxOf(boundingRegions);
        return box ? [{ box }] : [];
      }),
    ),
    pairs: keyValuePairs.flatMap(({ key, value, confidence }) => {
      const [keyBox, valueBox] = [boxOf(key.boundingRegions), boxOf(value?.boundingRegions)];
      if (!value || !keyBox || !valueBox) return [];
      return [{ key: { text: key.content, box: keyBox }, value: { text: value.content, box: valueBox }, confidence }];
    }),
    billedUnits: pages.length,
    remarks: [],
  };
}

const wordsOf = (page: Page): HostedWord[] =>
  (page.words ?? []).flatMap(({ content, polygon = [], confidence }) => {
    const corners = cornersOf(polygon, page);
    const [box, topEdge] = [polygonBox(corners), topEdgeOf(corners)];
    return box ? [{ text: content, box, confidence, ...(topEdge ? { topEdge } : {}) }] : [];
  });

/** Check boxes are words, as they are for every other engine. */
const marksOf = (page: Page): HostedWord[] =>
  (page.selectionMarks ?? []).flatMap(({ state, polygon = [], confidence }) => {
    const box = polygonBox(cornersOf(polygon, page));
    return box ? [{ text: state === 'selected' ? '☒' : '☐', box, confidence }] : [];
  });

function cornersOf(polygon: readonly number[], { width, height }: Page): Point[] {
  const corners: Point[] = [];
  for (let at = 0; at + 1 < polygon.length; at += 2) {
    corners.push([(polygon[at] ?? 0) / width, (polygon[at + 1] ?? 0) / height]);
  }
  return corners;
}
