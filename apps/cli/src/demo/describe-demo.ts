import type { DocumentResult, ExtractedField, JobView, ResultView } from '@waybill/contracts';
import type { SubmittedJob } from '../submission/submitted-job.js';
import { fieldName } from '../terminal/describe-result.js';
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

const longestValue = 34;
const longestName = 28;

/** The table at the end of the demo: job, kind, pages, fields with how sure they are, time by stage, cost. */
export function describeDemo(jobs: readonly DemoJob[], colours: Colours): string {
  const columns = [
    { title: 'job' },
    { title: 'kind' },
    { title: 'pages', align: 'right' as const },
    { title: 'fields found (how sure)' },
    { title: 'time' },
    { title: 'cost', align: 'right' as const },
  ];
  const rows = jobs.map((job) => rowOf(job, colours));
  return formatTable(columns, rows, colours);
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

function rowOf({ submitted, result }: DemoJob, colours: Colours): string[] {
  const { file, outcome } = submitted;
  const name = fitText(file.name, longestName);
  if (outcome.kind !== 'ended') {
    const why = 'error' in outcome ? outcome.error.message : outcome.kind;
    return [`${statusMark('refused', colours)} ${name}`, '', '', fitText(why, 60), '', ''];
  }
  const { job } = outcome;
  const documents = result?.documents ?? [];
  const problems = job.problems.map((problem) => `${colours.yellow('!')} ${fitText(problem.message, 60)}`);
  return [
    `${statusMark(job.status, colours)} ${name}`,
    documents.map((document) => document.kind).join(', '),
    `${job.pages.done - job.pages.failed}/${job.pages.total ?? '?'}`,
    [...documents.flatMap((document) => fieldLines(document, colours)), ...problems].join('\n'),
    timeLines(job, colours),
    formatCost(job.costUsd),
  ];
}

/** `total 42.10 (0.97)`, a line a field; the rows of a list are counted, what was not found is named last. */
function fieldLines({ fields = [] }: DocumentResult, colours: Colours): string[] {
  const plain = fields.filter((field) => !isInList(field));
  const found = plain.filter((field) => field.value !== null);
  const missing = plain.filter((field) => field.value === null);
  const width = Math.max(
    0,
    ...found.map((field) => fieldName(field).length),
    ...listNames(fields).map((name) => name.length),
  );
  const line = (name: string, value: string, confidence: number): string =>
    `${colours.dim(name.padEnd(width))}  ${value} ${colours.dim(`(${confidence.toFixed(2)})`)}`;
  return [
    ...found.map((field) =>
      line(fieldName(field), fitText(formatFieldValue(field.value), longestValue), field.confidence),
    ),
    ...listNames(fields).map((name) => {
      const leaves = fields.filter((field) => isInList(field) && fieldName(field).startsWith(`${name}[`));
      const known = leaves.filter((field) => field.value !== null);
      const rows = new Set(leaves.map((field) => /\[(\d+)\]/.exec(fieldName(field))?.[1])).size;
      return line(name, count(rows, 'row'), mean(known.map((field) => field.confidence)));
    }),
    ...(missing.length > 0 ? [colours.dim(`not found: ${missing.map(fieldName).join(', ')}`)] : []),
  ];
}

const isInList = ({ path }: ExtractedField): boolean => /\/\d+(\/|$)/.test(path);

const listNames = (fields: readonly ExtractedField[]): string[] => [
  ...new Set(fields.filter(isInList).map((field) => fieldName(field).replace(/\[.*$/, ''))),
];

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
  return stages.map(([name, ms]) => `${dim(name.padEnd(6))} ${formatDuration(ms).padStart(8)}`).join('\n');
}
