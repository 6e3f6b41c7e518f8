import type { DocumentResult, ExtractedField, JobView, ModelUse, ResultView } from '@waybill/contracts';
import type { SubmittedJob } from '../submission/submitted-job.js';
import { fieldName, listNamesOf, listPlaceOf } from '../terminal/field-place.js';
import { formatFieldValue } from '../terminal/format-field-value.js';
import { fitText } from '../terminal/fit-text.js';
import { formatCost } from '../terminal/format-cost.js';
import { formatDuration } from '../terminal/format-duration.js';
import { count } from '../terminal/format-event.js';
import { formatTable } from '../terminal/format-table.js';
import { statusMark } from '../terminal/status-mark.js';
import type { Colours } from '../terminal/terminal.js';

export interface DemoJob {
  readonly submitted: SubmittedJob;
  readonly result: ResultView | undefined;
}

/** From this width on, kind and pages have columns of their own; below they stand under the name. */
const wideColumns = 124;
const longestName = 28;

/**
 * The table at the end of the demo: job, kind, pages, fields with how sure they are, time by stage, cost. Values are
 * cut so that a line fits into `columns` characters.
 */
export function describeDemo(jobs: readonly DemoJob[], columns: number, colours: Colours): string {
  const isWide = columns >= wideColumns;
  const view: View = { colours, isWide, longestValue: isWide ? columns - 96 : Math.max(12, columns - 81) };
  const titles = [
    { title: '  job' },
    ...(isWide ? [{ title: 'kind' }, { title: 'pages', align: 'right' as const }] : []),
    { title: 'fields found (how sure)' },
    { title: 'time' },
    { title: 'cost', align: 'right' as const },
  ];
  const rows = jobs.map((job) => rowOf(job, view));
  return formatTable(titles, rows, colours);
}

interface View {
  readonly colours: Colours;
  readonly isWide: boolean;
  readonly longestValue: number;
}

/** The same for programs: everything the service said of the job. */
export function demoJobAsJson({ submitted, result }: DemoJob): object {
  const { file, id, outcome } = submitted;
  return {
    file: file.path,
    id,
    outcome: outcome.kind,
    ...(outcome.kind === 'ended' ? { status: outcome.job.status, job: outcome.job } : {}),
    ...('error' in outcome ? { error: { message: outcome.error.message, exitCode: outcome.error.exitCode } } : {}),
    ...(result === undefined ? {} : { result }),
  };
}

function rowOf({ submitted, result }: DemoJob, view: View): string[] {
  const { colours, isWide, longestValue } = view;
  const { file, outcome } = submitted;
  const name = fitText(file.name, longestName);
  const remark = (text: string): string => fitText(text, longestValue + 20);
  if (outcome.kind !== 'ended') {
    const why = 'error' in outcome ? outcome.error.message : outcome.kind;
    const empty = isWide ? ['', ''] : [];
    return [`${statusMark('refused', colours)} ${name}`, ...empty, remark(why), '', ''];
  }
  const { job } = outcome;
  const documents = result?.documents ?? [];
  const kinds = documents.map((document) => document.kind).join(', ');
  const pages = `${job.pages.done - job.pages.failed}/${job.pages.total ?? '?'}`;
  const facts = [kinds, `${pages} ${job.pages.total === 1 ? 'page' : 'pages'}`].filter((fact) => fact !== '');
  const title = `${statusMark(job.status, colours)} ${name}`;
  const problems = job.problems.map((problem) => `${colours.yellow('!')} ${remark(problem.message)}`);
  return [
    ...(isWide ? [title, kinds, pages] : [`${title}\n  ${colours.dim(facts.join(' · '))}`]),
    [...documents.flatMap((document) => fieldLines(document, view)), ...problems].join('\n'),
    timeLines(job, colours),
    formatCost(job.costUsd),
  ];
}

/** `total 42.10 (0.97)`, a line a field; the rows of a list are counted, what was not found is named last. */
function fieldLines({ fields = [], models }: DocumentResult, { colours, longestValue }: View): string[] {
  const plain = fields.filter((field) => listPlaceOf(field) === undefined);
  const found = plain.filter((field) => field.value !== null);
  const missing = plain.filter((field) => field.value === null);
  const lists = listNamesOf(fields);
  const width = Math.max(0, ...[...found.map(fieldName), ...lists].map((name) => name.length));
  const line = (name: string, value: string, confidence: number): string =>
    `${colours.dim(name.padEnd(width))}  ${fitText(value, longestValue)} ${colours.dim(`(${confidence.toFixed(2)})`)}`;
  return [
    ...found.map((field) => line(fieldName(field), formatFieldValue(field.value), field.confidence)),
    ...lists.map((name) => listLine(name, fields, line)),
    ...(missing.length > 0 ? [colours.dim(`not found: ${missing.map(fieldName).join(', ')}`)] : []),
    ...models.filter(({ tier }) => tier > 0).map((use) => colours.dim(useLine(use))),
  ];
}

/** `asked gemini-2.5-flash-lite $0.0001 (simulated)` */
const useLine = ({ model, costUsd, simulated }: ModelUse): string =>
  `asked ${model.split('/').at(-1) ?? model} ${formatCost(costUsd)}${simulated ? ' (simulated)' : ''}`;

function listLine(
  name: string,
  fields: readonly ExtractedField[],
  line: (name: string, value: string, confidence: number) => string,
): string {
  const places = fields.flatMap((field) => {
    const place = listPlaceOf(field);
    return place?.list === name ? [{ ...place, field }] : [];
  });
  const known = places.map(({ field }) => field).filter((field) => field.value !== null);
  const rows = new Set(places.map(({ index }) => index)).size;
  return line(name, count(rows, 'row'), mean(known.map((field) => field.confidence)));
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function timeLines({ timings }: JobView, colours: Colours): string {
  const { dim } = colours;
  const stages = [
    ['plan', timings.planMs],
    ['read', timings.readMs],
    ['answer', timings.answerMs],
    ['in all', timings.totalMs],
  ] as const;
  const known = stages.filter(([, ms]) => ms !== undefined);
  return known.map(([name, ms]) => `${dim(name.padEnd(6))} ${formatDuration(ms).padStart(8)}`).join('\n');
}
