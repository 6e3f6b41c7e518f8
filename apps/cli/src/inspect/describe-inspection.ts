import { withoutControls } from '@waybill/document-layout';
import { formatDuration } from '../terminal/format-duration.js';
import { formatTable } from '../terminal/format-table.js';
import type { Colours } from '../terminal/terminal.js';
import { fieldsOn, type InspectedDocument, type InspectedFile, type InspectedPage } from './inspection.js';
import type { WrittenReport } from './write-report.js';

const columns = [
  { title: '  page', align: 'right' },
  { title: 'kind' },
  { title: 'difficulty', align: 'right' },
  { title: 'read from' },
  { title: 'words', align: 'right' },
  { title: 'sure', align: 'right' },
  { title: 'found' },
  { title: 'time', align: 'right' },
] as const;

/** What a file is, a row a page, and where its report lies. */
export function describeInspection(file: InspectedFile, written: WrittenReport, colours: Colours): string {
  const { dim, bold } = colours;
  const parts = file.documents.flatMap((document) => {
    const { name, kind, mediaType, difficulty, failure } = document;
    const hard = difficulty ? ` · difficulty ${difficulty.score.toFixed(2)}` : '';
    const head = `${bold(withoutControls(name))}  ${dim(`${kind} · ${mediaType}${hard}`)}`;
    if (failure) return [head, `  ${colours.red('✗')} ${withoutControls(failure.message)}`];
    const rows = document.pages.map((page) => rowOf(page, document, colours));
    return [head, formatTable(columns, rows, colours)];
  });
  const more = written.overlays.length === 1 ? 'page-1.svg' : `${written.overlays.length} page pictures`;
  const beside = written.overlays.length === 0 ? '' : dim(` and ${more} beside it`);
  return [...parts, `  ${colours.cyan('→')} ${written.report}${beside}`].join('\n');
}

function rowOf(page: InspectedPage, document: InspectedDocument, colours: Colours): string[] {
  if (page.status === 'failed') {
    return [`  ${page.page}`, colours.red('failed'), '', withoutControls(page.failure.message)];
  }
  const { layout, classification, difficulty, times } = page;
  const { words } = layout;
  const mean = words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length;
  const ms = Object.values(times).reduce((sum, step) => sum + step, 0);
  return [
    `  ${page.page}`,
    classification ? `${classification.kind} ${colours.dim(classification.confidence.toFixed(2))}` : '–',
    difficulty ? difficulty.score.toFixed(2) : '–',
    layout.source,
    String(words.length),
    words.length === 0 ? '–' : mean.toFixed(2),
    found(page.page, document, { tables: layout.tables.length, pairs: layout.keyValues.length }),
    formatDuration(ms),
  ];
}

function found(page: number, document: InspectedDocument, counts: { tables: number; pairs: number }): string {
  const named = [
    [fieldsOn(document, page).length, 'field'],
    [counts.tables, 'table'],
    [counts.pairs, 'label'],
  ] as const;
  const said = named.flatMap(([count, noun]) => (count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`]));
  return said.join(', ') || '–';
}

/** The same for programs: no pictures, no words; those are in the report and in the layout. */
export const inspectionAsJson = (file: InspectedFile, written?: WrittenReport): Record<string, unknown> => ({
  path: file.path,
  ...written,
  durationMs: Math.round(file.durationMs),
  documents: file.documents.map(({ pages, ...document }) => ({ ...document, pages: pages.map(pageAsJson) })),
});

function pageAsJson(page: InspectedPage): Record<string, unknown> {
  if (page.status === 'failed') return { ...page };
  const { layout, picture: _picture, ...facts } = page;
  const { source, engine, words, tables, keyValues, textLayer, recognition, remarks } = layout;
  const counts = { words: words.length, tables: tables.length, keyValues: keyValues.length };
  return { ...facts, source, engine, ...counts, textLayer, recognition, remarks };
}
