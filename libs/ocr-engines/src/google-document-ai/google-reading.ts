import type { HostedPhrase, HostedReading, HostedWord, Point } from '../hosted/hosted-reader.js';
import { polygonBox, topEdgeOf } from '../hosted/polygon-box.js';
import type { GoogleDocument, GooglePage, Layout } from './google-answer.js';

/** Marks of check boxes, as they are for every other engine. */
const marks: Record<string, string> = { filled_checkbox: '☒', unfilled_checkbox: '☐' };

/** A document in one shape. Text is given by anchors into the document's text, counted in code points. */
export function googleReading({ text, pages }: GoogleDocument): HostedReading {
  const letters = [...text];
  const textOf = ({ textAnchor }: Layout): string =>
    (textAnchor?.textSegments ?? [])
      .map(({ startIndex, endIndex }) => letters.slice(startIndex, endIndex).join(''))
      .join('')
      .trim();
  const [page] = pages;
  if (!page) return { words: [], tables: [], pairs: [], billedUnits: 1, remarks: [] };
  return {
    words: [...page.tokens.flatMap(({ layout }) => wordOf(layout, textOf(layout))), ...marksOf(page)],
    tables: page.tables.map(({ headerRows, bodyRows }) =>
      [...headerRows, ...bodyRows].flatMap(({ cells }) =>
        cells.flatMap(({ layout }) => {
          const box = polygonBox(cornersOf(layout));
          return box ? [{ box }] : [];
        }),
      ),
    ),
    pairs: page.formFields.flatMap(({ fieldName, fieldValue, valueType }) => {
      const key = phraseOf(fieldName, textOf);
      const value = phraseOf(fieldValue, (layout) => marks[valueType] ?? textOf(layout));
      if (!key || !value) return [];
      return [{ key, value, confidence: Math.min(fieldName?.confidence ?? 0, fieldValue?.confidence ?? 0) }];
    }),
    billedUnits: pages.length,
    remarks: [],
  };
}

function wordOf(layout: Layout, text: string): HostedWord[] {
  const corners = cornersOf(layout);
  const [box, topEdge] = [polygonBox(corners), topEdgeOf(corners)];
  return box ? [{ text, box, confidence: layout.confidence, ...(topEdge ? { topEdge } : {}) }] : [];
}

const marksOf = ({ formFields }: GooglePage): HostedWord[] =>
  formFields.flatMap(({ fieldValue, valueType }) => {
    const [mark, box] = [marks[valueType], fieldValue && polygonBox(cornersOf(fieldValue))];
    return mark && fieldValue && box ? [{ text: mark, box, confidence: fieldValue.confidence }] : [];
  });

function phraseOf(layout: Layout | undefined, textOf: (layout: Layout) => string): HostedPhrase | undefined {
  const [text, box] = [layout ? textOf(layout) : '', layout && polygonBox(cornersOf(layout))];
  return box && text !== '' ? { text, box } : undefined;
}

const cornersOf = ({ boundingPoly }: Layout): Point[] =>
  (boundingPoly?.normalizedVertices ?? []).map(({ x, y }): Point => [x, y]);
