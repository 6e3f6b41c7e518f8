import type { Command } from 'commander';
import type { JobEventView } from '@waybill/contracts';

import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { drawTree } from '../trace/draw-tree.js';
import { treeOfJob } from '../trace/tree-of-job.js';

/** The ledger's rows stand at the day of their booking, which may be long after the first. */
const fromTheBeginning = '1970-01-01T00:00:00.000Z';

export function registerTrace(program: Command, run: Run): void {
  program
    .command('trace <job>')
    .description('Show the life of a job as a tree, with times and costs; one under way is followed to its end')
    .action(run(traceJob));
}

async function traceJob(session: Session, _options: object, id: string): Promise<ExitCode> {
  const client = await session.client();
  const { signal } = session.interruption;
  const events: JobEventView[] = [];
  try {
    for await (const event of client.follow(id, signal)) events.push(event);
  } catch (error) {
    if (signal.aborted) return exitCodes.interrupted;
    throw error;
  }
  const [route, usage] = await Promise.all([
    client.route(id),
    client.usage({ job: id, by: 'model,purpose', from: fromTheBeginning }),
  ]);
  session.terminal.printJson({ id, events, route, usage });
  session.terminal.print(drawTree(treeOfJob({ id, events, route, usage })));
  return exitCodes.ok;
}
