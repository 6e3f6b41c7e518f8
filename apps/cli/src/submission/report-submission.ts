import type { Session } from '../session.js';
import { formatCost } from '../terminal/format-cost.js';
import { formatDuration } from '../terminal/format-duration.js';
import { count } from '../terminal/format-event.js';
import { formatTable } from '../terminal/format-table.js';
import { statusMark } from '../terminal/status-mark.js';
import type { SubmittedJob } from './submitted-job.js';

/** Says what became of each file, and after an interruption how to go on. */
export function reportSubmission(session: Session, jobs: readonly SubmittedJob[]): void {
  const { terminal } = session;
  terminal.printJson({ jobs: jobs.map(toJson) });
  const colours = terminal.colours;
  const submitted = jobs.filter(({ outcome }) => outcome.kind !== 'not-submitted');
  const waited = submitted.some(({ outcome }) => outcome.kind === 'ended');
  const columns = [{ title: 'job' }, { title: 'file' }, { title: 'status' }];
  const waitedColumns = [
    { title: 'pages', align: 'right' },
    { title: 'time', align: 'right' },
    { title: 'cost' },
  ] as const;
  const rows = submitted.map((job) => [
    job.outcome.kind === 'refused' ? colours.dim('–') : job.id,
    job.file.name,
    statusCell(job, terminal),
    ...(waited ? endingCells(job) : []),
  ]);
  if (waited) terminal.note('');
  if (rows.length > 0) terminal.print(formatTable([...columns, ...(waited ? waitedColumns : [])], rows, colours));
  adviseOnUnfinished(session, jobs);
}

function adviseOnUnfinished(session: Session, jobs: readonly SubmittedJob[]): void {
  const { terminal } = session;
  const left = jobs.filter(({ outcome }) => outcome.kind === 'not-submitted').length;
  const accepted = jobs.filter(({ outcome }) => outcome.kind === 'accepted' || outcome.kind === 'lost');
  if (session.interruption.received !== undefined) {
    terminal.note(
      `Interrupted: ${count(left, 'file')} not submitted; ${count(accepted.length, 'accepted job')} will be worked on all the same.`,
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

function statusCell({ outcome }: SubmittedJob, { colours }: Session['terminal']): string {
  switch (outcome.kind) {
    case 'ended':
      return `${statusMark(outcome.job.status, colours)} ${outcome.job.status}${problemOf(outcome.job.problems)}`;
    case 'refused':
    case 'lost':
      return `${statusMark('refused', colours)} ${outcome.kind}: ${outcome.error.message}`;
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
