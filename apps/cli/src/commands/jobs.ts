import { InvalidArgumentError, Option, type Command } from 'commander';
import { jobStatuses, taskKinds, type JobView } from '@waybill/contracts';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { formatCost } from '../terminal/format-cost.js';
import { formatDuration } from '../terminal/format-duration.js';
import { formatTable } from '../terminal/format-table.js';
import { statusMark } from '../terminal/status-mark.js';
import type { Colours } from '../terminal/terminal.js';
import { wholeNumber } from './whole-number.js';

interface JobsOptions {
  readonly status?: string;
  readonly tag?: string;
  readonly task?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export function registerJobs(program: Command, run: Run): void {
  program
    .command('jobs')
    .description('List jobs, newest first')
    .option('--status <status,...>', `only these: ${jobStatuses.join(', ')}`, parseStatuses)
    .option('--tag <tag>', 'only jobs with this tag')
    .addOption(new Option('--task <kind>', 'only jobs of this task').choices(taskKinds))
    .option('--limit <count>', 'at most this many', wholeNumber(1, 200), 20)
    .option('--cursor <cursor>', 'go on where a listing stopped')
    .action(run(listJobs));
}

async function listJobs(session: Session, options: JobsOptions): Promise<ExitCode> {
  const { status, tag, task, limit, cursor } = options;
  const list = await (await session.client()).jobs({ status, tag, task, limit, cursor });
  const { terminal } = session;
  terminal.printJson(list);
  if (list.jobs.length === 0) {
    terminal.note('There are no such jobs.');
    return exitCodes.ok;
  }
  const columns = [
    { title: 'job' },
    { title: 'status' },
    { title: 'task' },
    { title: 'documents' },
    { title: 'pages', align: 'right' as const },
    { title: 'time', align: 'right' as const },
    { title: 'cost', align: 'right' as const },
    { title: 'submitted' },
  ];
  const rows = list.jobs.map((job) => rowOf(job, terminal.colours));
  terminal.print(formatTable(columns, rows, terminal.colours));
  if (list.next !== null) terminal.note(terminal.noteColours.dim(`More: --cursor ${list.next}`));
  return exitCodes.ok;
}

function rowOf(job: JobView, colours: Colours): string[] {
  const [first, ...others] = job.documents;
  return [
    job.id,
    `${statusMark(job.status, colours)} ${job.status}`,
    job.task?.kind ?? '–',
    `${first?.name ?? first?.mediaType ?? '–'}${others.length > 0 ? ` +${others.length}` : ''}`,
    job.pages.total === null ? '–' : `${job.pages.done}/${job.pages.total}`,
    formatDuration(job.timings.totalMs),
    formatCost(job.costUsd),
    job.createdAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'),
  ];
}

function parseStatuses(text: string): string {
  const unknown = text.split(',').find((status) => !(jobStatuses as readonly string[]).includes(status));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`${unknown} is no status; choose from ${jobStatuses.join(', ')}.`);
  return text;
}
