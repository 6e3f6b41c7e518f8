import type { PageLayout } from '@waybill/contracts';
import { withoutControls } from './escape-html.js';
import { pageBlocks } from './page-blocks.js';
import { structurePages } from './structure-documents.js';

const lineEnd = '\r\n';

/**
 * The tables of a document as CSV (RFC 4180, every cell quoted), in reading order, an empty line between two of them. A
 * cell that spans several places stands in its first; a table that goes on over pages is one table. No cell can be a
 * formula of the spreadsheet that opens it.
 */
export function renderCsv(pages: readonly PageLayout[]): string {
  const tables = pageBlocks(pages, structurePages(pages))
    .flat()
    .flatMap(({ table, rows, continues }) => (table && !continues ? [{ columns: table.columns, rows }] : []));
  return tables
    .map(({ columns, rows }) =>
      rows
        .map(({ cells }) => {
          const texts = new Array<string>(columns).fill('');
          for (const { column, text } of cells) texts[column] = text;
          return `${texts.map(csvCell).join(',')}${lineEnd}`;
        })
        .join(''),
    )
    .join(lineEnd);
}

const csvCell = (text: string): string => `"${withoutFormula(withoutControls(text)).replaceAll('"', '""')}"`;

/** Amounts and figures, with a sign or without: the only texts that may begin with one. */
const plainNumber = /^[-+]?\d[\d.,' \u00a0]*%?$/u;

/**
 * Spreadsheets take for a formula what begins with one of these signs, also after a semicolon where that parts cells, and
 * in full width. An apostrophe before it makes it a text (OWASP, “CSV Injection”).
 */
const withoutFormula = (text: string): string =>
  plainNumber.test(text.trim()) ? text : text.replace(/(^|;)(["\s]*)(?=[=+\-@\uff0b\uff0d\uff1d\uff20])/gu, "$1'$2");
