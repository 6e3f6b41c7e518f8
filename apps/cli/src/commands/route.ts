import { Option, type Command } from 'commander';
import { taskKinds, type Routing } from '@waybill/contracts';
import type { RouteLimits } from '@waybill/llm-routing';
import { CliError } from '../cli-error.js';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { describeRoute } from '../route/describe-route.js';
import type { Session } from '../session.js';
import { parseDeadline } from '../submission/parse-deadline.js';
import { describeTask, type TaskOptions } from '../submission/describe-task.js';

const tiers = ['free', 'cheap', 'standard', 'frontier'] as const;
const sensitivities = ['public', 'internal', 'confidential', 'restricted'] as const;

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
    .option('--deadline <time>', 'when the job would expire: 90s, 10m, 2h, 1d, or a moment', '1d')
    .addOption(new Option('--tier <tier>', 'the most that the job allows').choices(tiers))
    .addOption(new Option('--sensitivity <level>', 'what providers must promise').choices(sensitivities))
    .option('--region <region>', 'where it may be processed (several)', (one: string, before: string[] = []) => [
      ...before,
      one,
    ])
    .option('--max-cost <usd>', 'what the job may cost, in US dollars', Number)
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

interface ExplainOptions extends TaskOptions {
  readonly all?: boolean;
  readonly deadline: string;
  readonly tier?: Routing['tier'];
  readonly sensitivity?: Routing['sensitivity'];
  readonly region?: string[];
  readonly maxCost?: number;
}

/** What the job would allow, with the deadline as the time that is left. */
function limitsOf({ deadline, tier, sensitivity, region, maxCost }: ExplainOptions, now: Date): Partial<RouteLimits> {
  if (maxCost !== undefined && !(maxCost >= 0))
    throw new CliError(exitCodes.usage, 'Write --max-cost as a number of US dollars.');
  return {
    leftMs: Date.parse(parseDeadline(deadline, now)) - now.getTime(),
    ...(tier === undefined ? {} : { tier }),
    ...(sensitivity === undefined ? {} : { sensitivity }),
    ...(region === undefined ? {} : { regions: region }),
    ...(maxCost === undefined ? {} : { leftUsd: maxCost }),
  };
}

async function explainRoute(session: Session, options: ExplainOptions, names: string[]): Promise<ExitCode> {
  const { all } = options;
  const task = await describeTask(options, (path) => session.resolvePath(path));
  const { runExplain } = await import('../route/run-explain.js');
  const limits = limitsOf(options, new Date());
  return runExplain(session, { task, names, providers: all === true ? 'all' : 'configured', limits });
}
