import type { Command } from 'commander';
import type { FinalStatus, JobEventView } from '@waybill/contracts';
import type { ApiClient } from '../api/api-client.js';
import type { Run } from '../command-runner.js';
import type { ExitCode } from '../exit-code.js';
import { exitCodes } from '../exit-code.js';
import type { Session } from '../session.js';
import { exitCodeOfStatuses } from '../submission/submitted-job.js';
import { formatEvent } from '../terminal/format-event.js';

export function registerWatch(program: Command, run: Run): void {
  program
    .command('watch <job...>')
    .description('Follow jobs, a line an event, until all have ended')
    .action(run(watch));
}

async function watch(session: Session, _options: object, ids: string[]): Promise<ExitCode> {
  const client = await session.client();
  const { signal } = session.interruption;
  const width = Math.max(...ids.map((id) => id.length));
  const show = (id: string, event: JobEventView): void => {
    const { terminal } = session;
    terminal.printJson({ id, ...event }, 'line');
    const name = ids.length > 1 ? `${terminal.colours.dim(id.padEnd(width))}  ` : '';
    terminal.print(`${terminal.colours.dim(localTime(event.at))}  ${name}${formatEvent(event, terminal.colours)}`);
  };
  try {
    return exitCodeOfStatuses(await Promise.all(ids.map((id) => watchOne(client, id, signal, show))));
  } catch (error) {
    if (signal.aborted) return exitCodes.interrupted;
    throw error;
  }
}

async function watchOne(
  client: ApiClient,
  id: string,
  signal: AbortSignal,
  show: (id: string, event: JobEventView) => void,
): Promise<FinalStatus> {
  for await (const event of client.follow(id, signal)) {
    show(id, event);
    if (event.type === 'job-finished') return event.status;
  }
  throw new Error(`The events of ${id} ended before the job did.`);
}

const localTime = (moment: string): string => new Date(moment).toTimeString().slice(0, 8);
