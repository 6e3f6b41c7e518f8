import { Option, type Command } from 'commander';
import { taskKinds } from '@waybill/contracts';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { describeRoute } from '../route/describe-route.js';
import type { Session } from '../session.js';
import { describeTask, type TaskOptions } from '../submission/describe-task.js';

export function registerRoute(program: Command, run: Run): void {
  program
    .command('route <job>')
    .description('Show how a job is routed, so far or at all: who was asked for what, why, and what it cost')
    .action(run(showRoute))
    .command('explain <file|folder|glob...>')
    .description('Read documents on this machine and show who would be asked about them, and why; no model is asked')
    .addOption(new Option('--task <kind>', 'what is wanted of them').choices(taskKinds).default('extract'))
    .option('--schema <name|file>', 'fields to extract: receipt, invoice, or a JSON Schema file')
    .option('--label <label>', 'for classify: a label (several)', (one: string, before: string[] = []) => [
      ...before,
      one,
    ])
    .option('--question <text>', 'for answer: what the documents are asked')
    .option('--message <text>', 'for chat: what is said about the documents')
    .option('--pages <list>', 'for describe and chart: the pages that are meant, as 1,3-5')
    .option('--all', 'weigh every model of the catalog, whether its provider has keys here or not')
    .action(run(explainRoute));
}

async function showRoute(session: Session, _options: object, id: string): Promise<ExitCode> {
  const client = await session.client();
  const route = await client.route(id);
  session.terminal.printJson(route);
  session.terminal.print(describeRoute(route, session.terminal.colours));
  return exitCodes.ok;
}

async function explainRoute(
  session: Session,
  { all, ...options }: TaskOptions & { readonly all?: boolean },
  names: string[],
): Promise<ExitCode> {
  const task = await describeTask(options, (path) => session.resolvePath(path));
  const { runExplain } = await import('../route/run-explain.js');
  return runExplain(session, { task, names, providers: all === true ? 'all' : 'configured' });
}
