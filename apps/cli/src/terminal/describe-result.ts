import type { DocumentResult, ExtractedField, ResultView } from '@waybill/contracts';
import { formatCost } from './format-cost.js';
import { formatFieldValue } from './format-field-value.js';
import { count } from './format-event.js';
import { formatTable } from './format-table.js';
import { statusMark } from './status-mark.js';
import type { Colours } from './terminal.js';

/** An answer for a person: each document with its fields and how sure they are, then what went wrong. */
export function describeResult(result: ResultView, colours: Colours): string {
  const head = `${statusMark(result.status, colours)} ${colours.bold(result.status)} ${colours.dim(`${result.id} · ${formatCost(result.costUsd)}`)}`;
  const problems = result.problems.map((problem) => `${colours.yellow('!')} ${problem.message}`);
  return [head, ...result.documents.map((document) => describeDocument(document, colours)), ...problems].join('\n');
}

function describeDocument(document: DocumentResult, colours: Colours): string {
  const name = document.name ?? `document ${document.document + 1}`;
  const head = `\n${colours.bold(name)} ${colours.dim(`${document.kind} · ${count(document.pages, 'page')} · ${document.mediaType}`)}`;
  if (document.fields === undefined || document.fields.length === 0) return head;
  const rows = document.fields.map((field) => [
    `  ${fieldName(field)}`,
    field.value === null ? colours.dim('–') : formatFieldValue(field.value),
    field.value === null ? '' : field.confidence.toFixed(2),
    field.page === undefined ? '' : `page ${field.page}`,
    colours.dim(field.reason ?? ''),
  ]);
  const columns = [{ title: '  field' }, { title: 'value' }, { title: 'sure' }, { title: '' }, { title: '' }];
  return `${head}\n${formatTable(columns, rows, colours)}`;
}

/** A JSON Pointer as a name: `/lineItems/0/amount` is `lineItems[0].amount`. */
export function fieldName({ path }: Pick<ExtractedField, 'path'>): string {
  return path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : `${index > 0 ? '.' : ''}${part}`))
    .join('');
}
