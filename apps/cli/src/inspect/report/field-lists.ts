import type { ExtractedField } from '@waybill/contracts';
import { escapeHtml } from '@waybill/document-layout';
import { fieldName, listNamesOf, listPlaceOf } from '../../terminal/field-place.js';
import { formatFieldValue } from '../../terminal/format-field-value.js';
import { listTable, placeMark, score, type Column } from './markup.js';

/** Fields of a page: single ones below each other, those of a list as a table of a row an entry. */
export function fieldLists(fields: readonly ExtractedField[]): string {
  const single = fields.filter((field) => listPlaceOf(field) === undefined);
  const lists = listNamesOf(fields).map(
    (list) => `<h4 class="own">${escapeHtml(list)}</h4>${entryTable(list, fields)}`,
  );
  if (fields.length === 0) return '';
  return `<h4>What it says</h4>${single.length > 0 ? singleTable(single) : ''}${lists.join('')}`;
}

const singleTable = (fields: readonly ExtractedField[]): string =>
  listTable(
    [{ title: 'field' }, { title: 'value' }, { title: 'sure', align: 'number' }],
    fields.map((field) => ({
      cells: [escapeHtml(fieldName(field)), valueOf(field), score(field.confidence)],
      mark: placeMark(field.boxes),
    })),
  );

function entryTable(list: string, fields: readonly ExtractedField[]): string {
  const placed = fields.flatMap((field) => {
    const place = listPlaceOf(field);
    return place?.list === list ? [{ ...place, field }] : [];
  });
  const properties = [...new Set(placed.map(({ property }) => property))];
  const isNumber = (property: string): boolean =>
    placed.every((place) => place.property !== property || typeof place.field.value === 'number');
  const columns: Column[] = [
    { title: '', align: 'number' },
    ...properties.map((property): Column => {
      return { title: property || 'value', ...(isNumber(property) ? { align: 'number' } : {}) };
    }),
    { title: 'sure', align: 'number' },
  ];
  const rows = [...new Set(placed.map(({ index }) => index))].map((index) => {
    const entry = placed.filter((place) => place.index === index).map(({ property, field }) => ({ property, field }));
    const cells = properties.map((wanted) => {
      const found = entry.find(({ property }) => property === wanted)?.field;
      return found ? valueOf(found) : '';
    });
    const least = Math.min(...entry.map(({ field }) => field.confidence));
    const boxes = entry.flatMap(({ field }) => field.boxes);
    return { cells: [String(index + 1), ...cells, score(least)], mark: placeMark(boxes) };
  });
  return listTable(columns, rows);
}

/** A value that stands nowhere on the page says so. */
function valueOf({ value, grounded }: ExtractedField): string {
  const doubt = grounded === false ? ' <small>(not on the page)</small>' : '';
  return `${escapeHtml(formatFieldValue(value))}${doubt}`;
}
