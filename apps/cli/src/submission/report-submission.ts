import type { JobStatus } from '@waybill/contracts';
import type { Session } from '../session.js';
import { fitText } from '../terminal/fit-text.js';
import { formatCost } from '../terminal/format-cost.js';
import { formatDuration } from '../terminal/format-duration.js';
import { count } from '../terminal/format-event.js';
import { formatTable } from '../terminal/format-table.js';
import type { JobPhase } from '../terminal/job-progress.js';
import { statusMark } from '../terminal/status-mark.js';
import type { Terminal } from '../terminal/terminal.js';
import type { SubmittedJob } from './submitted-job.js';

const rowsWorthReading = 50;

/** Says what became of each file (of many: of those that did not go well), and after an interruption how to go on. */
export function reportSubmission(session: Session, jobs: readonly SubmittedJob[]): void {
  const { terminal } = session;
  terminal.printJson({ jobs: jobs.map(toJson) });
  const submitted = jobs.filter(({ outcome }) => outcome.kind !== 'not-submitted');
  const waited = submitted.some(({ outcome }) => outcome.kind === 'ended');
  const shown =
    waited && submitted.length > rowsWorthReading ? submitted.filter((job) => !isCompleted(job)) : submitted;
  if (waited) terminal.note('');
  if (shown.length > 0) terminal.print(tableOf(shown, terminal, waited ? 'with-endings' : 'accepted'));
  if (shown.length < submitted.length) {
    terminal.print(
      `${statusMark('completed', terminal.colours)} ${count(submitted.length - shown.length, 'job')} completed`,
    );
  }
  adviseOnUnfinished(session, jobs);
}

const isCompleted = ({ outcome }: SubmittedJob): boolean =>
  outcome.kind === 'ended' && outcome.job.status === 'completed';

function tableOf(jobs: readonly SubmittedJob[], terminal: Terminal, columns: 'accepted' | 'with-endings'): string {
  const first = [{ title: 'job' }, { title: 'file' }, { title: 'status' }];
  const last = [{ title: 'pages', align: 'right' }, { title: 'time', align: 'right' }, { title: 'cost' }] as const;
  const rows = jobs.map((job) => [
    job.outcome.kind === 'refused' ? terminal.colours.dim('–') : job.id,
    job.file.name,
    statusCell(job, terminal),
    ...(columns === 'with-endings' ? endingCells(job) : []),
  ]);
  return formatTable([...first, ...(columns === 'with-endings' ? last : [])], rows, terminal.colours);
}

function adviseOnUnfinished(session: Session, jobs: readonly SubmittedJob[]): void {
  const { terminal } = session;
  const left = jobs.filter(({ outcome }) => outcome.kind === 'not-submitted').length;
  const accepted = jobs.filter(({ outcome }) => outcome.kind === 'accepted' || outcome.kind === 'lost');
  if (session.interruption.received !== undefined) {
    terminal.note(
      `Interrupted: ${count(left, 'file')} not submitted or not confirmed; ${count(accepted.length, 'accepted job')} will be worked on all the same.`,
    );
  }
  const first = accepted[0];
  if (first !== undefined) {
    const { dim } = terminal.noteColours;
    terminal.note(
      dim(
        `Follow with \`${session.commandLine(`watch ${accepted.length > 3 ? first.id : accepted.map(({ id }) => id).join(' ')}`)}\`.`,
      ),
    );
  }
}

/** What the other columns take of a line, roughly. */
const spaceForOthers = 92;

function statusCell({ outcome }: SubmittedJob, { colours, columns }: Terminal): string {
  const fitted = (status: JobPhase | JobStatus, text: string): string =>
    `${statusMark(status, colours)} ${fitText(text, Math.max(24, columns - spaceForOthers))}`;
  switch (outcome.kind) {
    case 'ended':
      return fitted(outcome.job.status, `${outcome.job.status}${problemOf(outcome.job.problems)}`);
    case 'refused':
    case 'lost':
      return fitted('refused', `${outcome.kind}: ${outcome.error.message}`);
    default:
      return `${statusMark('queued', colours)} accepted`;
  }
}

const problemOf = (problems: readonly { message: string }[]): string =>
  problems[0] === undefined ? '' : `: ${problems[0].message}`;

function endingCells({ outcome }: SubmittedJob): string[] {
  if (outcome.kind !== 'ended') return ['', '', ''];
  const { pages, timings, costUsd } = outcome.job;
  return [`${pages.done - pages.failed}/${pages.total ?? '?'}`, formatDuration(timings.totalMs), formatCost(costUsd)];
}

function toJson({ file, id, outcome }: SubmittedJob): object {
  const base = { file: file.path, id, outcome: outcome.kind };
  if (outcome.kind === 'ended') return { ...base, status: outcome.job.status, job: outcome.job };
  return 'error' in outcome
    ? { ...base, error: { message: outcome.error.message, exitCode: outcome.error.exitCode } }
    : base;
}
