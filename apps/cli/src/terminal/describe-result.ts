import type { DocumentResult, ExtractedField, ResultView } from '@waybill/contracts';
import { fieldName, listNamesOf, listPlaceOf } from './field-place.js';
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
  const { fields = [], kind, mediaType, pages, difficulty } = document;
  const name = document.name ?? `document ${document.document + 1}`;
  const head = `\n${colours.bold(name)}  ${colours.dim([kind, count(pages, 'page'), mediaType, ...hardnessOf(difficulty), ...simulatedOf(document)].join(' · '))}`;
  const plain = fields.filter((field) => listPlaceOf(field) === undefined);
  const parts = [
    head,
    ...kindsOfPages(document, colours),
    ...(plain.length > 0 ? [fieldTable(plain, colours)] : []),
    ...listNamesOf(fields).map((list) => `\n  ${list}\n${listTable(list, fields, colours)}`),
  ];
  return parts.join('\n');
}

/** A result must not be taken for a model's when stand-ins had a part in it. */
const simulatedOf = ({ models }: DocumentResult): string[] =>
  models.some(({ simulated }) => simulated) ? ['simulated'] : [];

/** How hard it was, and why most of all. */
function hardnessOf(difficulty: DocumentResult['difficulty']): string[] {
  if (!difficulty) return [];
  const [first] = difficulty.reasons;
  return [`difficulty ${difficulty.score.toFixed(2)}${first ? ` (${first.reason.replaceAll('-', ' ')})` : ''}`];
}

/** Runs of pages of one kind, where a document has several kinds of them. */
function kindsOfPages({ pageFacts = [] }: DocumentResult, colours: Colours): string[] {
  const runs: { kind: string; first: number; last: number }[] = [];
  for (const { page, kind } of pageFacts) {
    const run = runs.at(-1);
    if (run?.kind === kind && run.last === page - 1) run.last = page;
    else runs.push({ kind, first: page, last: page });
  }
  if (runs.length < 2) return [];
  const named = runs.map(({ kind, first, last }) => `${first === last ? first : `${first}–${last}`} ${kind}`);
  return [colours.dim(`  pages: ${named.join(', ')}`)];
}

function fieldTable(fields: readonly ExtractedField[], colours: Colours): string {
  const rows = fields.map((field) => [
    `  ${fieldName(field)}`,
    field.value === null ? colours.dim('–') : formatFieldValue(field.value),
    field.value === null ? '' : field.confidence.toFixed(2),
    field.page === undefined ? '' : `page ${field.page}`,
    colours.dim(field.reason ?? ''),
  ]);
  return formatTable(
    [{ title: '  field' }, { title: 'value' }, { title: 'sure' }, { title: '' }, { title: '' }],
    rows,
    colours,
  );
}

/** A list as a table of its own: a row an entry, a column a property, and how sure the least sure one is. */
function listTable(list: string, fields: readonly ExtractedField[], colours: Colours): string {
  const places = fields.flatMap((field) => {
    const place = listPlaceOf(field);
    return place?.list === list ? [{ ...place, field }] : [];
  });
  const properties = [...new Set(places.map(({ property }) => property))];
  const known = properties.filter((property) =>
    places.some((place) => place.property === property && place.field.value !== null),
  );
  const indexes = [...new Set(places.map(({ index }) => index))];
  const rows = indexes.map((index) => {
    const entry = places.filter((place) => place.index === index);
    const sure = entry.flatMap(({ field }) => (field.value === null ? [] : [field.confidence]));
    const cells = known.map((property) => {
      const value = entry.find((place) => place.property === property)?.field.value ?? null;
      return value === null ? colours.dim('–') : formatFieldValue(value);
    });
    return [`  ${index + 1}`, ...cells, sure.length === 0 ? '' : Math.min(...sure).toFixed(2)];
  });
  const titles = ['  ', ...known.map((property) => property || 'value'), 'sure'];
  return formatTable(
    titles.map((title) => ({ title })),
    rows,
    colours,
  );
}
