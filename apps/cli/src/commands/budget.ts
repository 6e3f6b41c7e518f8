import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  budgetReactions,
  budgetWindows,
  budgetWishSchema,
  type BudgetReaction,
  type BudgetView,
  type BudgetWindow,
} from '@waybill/contracts';
import { CliError } from '../cli-error.js';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { formatCost } from '../terminal/format-cost.js';
import { formatTable } from '../terminal/format-table.js';
import type { Colours } from '../terminal/terminal.js';

interface SetOptions {
  readonly cap: number;
  readonly per: BudgetWindow;
  readonly over: BudgetReaction;
  readonly tag?: string;
  readonly job?: string;
}

export function registerBudget(program: Command, run: Run): void {
  const command = program.command('budget').description('What may be spent: set budgets, and see how they stand');
  command
    .command('list', { isDefault: true })
    .description('List them with what is spent and left')
    .action(run(listBudgets));
  command
    .command('set <name>')
    .description('Make a budget, or replace the one of that name; what was spent before counts')
    .requiredOption('--cap <usd>', 'in US dollars', parseAmount)
    .addOption(
      new Option('--per <window>', 'each job, the present hour, day or month (UTC), or everything ever')
        .choices(budgetWindows)
        .default('month'),
    )
    .addOption(
      new Option('--over <reaction>', 'what becomes of a call that does not fit')
        .choices(budgetReactions)
        .default('refuse'),
    )
    .option('--tag <tag>', 'only for jobs with this tag')
    .option('--job <job>', 'only for this job (with --per job)')
    .action(run(setBudget));
  command.command('remove <name...>').description('Remove budgets').action(run(removeBudgets));
}

async function listBudgets(session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const list = await (await session.client()).budgets();
  terminal.printJson(list);
  if (list.budgets.length === 0) terminal.note('There are no budgets; nothing limits what is spent.');
  else terminal.print(budgetTable(list.budgets, terminal.colours));
  return exitCodes.ok;
}

async function setBudget(session: Session, options: SetOptions, name: string): Promise<ExitCode> {
  const { cap: capUsd, per: window, over, tag, job } = options;
  const wish = budgetWishSchema.safeParse({ window, capUsd, over, tag, job });
  if (!wish.success) throw new CliError(exitCodes.usage, sentenceOf(wish.error.issues[0]?.message ?? ''));
  const budget = await (await session.client()).setBudget(name, wish.data);
  session.terminal.printJson(budget);
  session.terminal.print(budgetTable([budget], session.terminal.colours));
  return exitCodes.ok;
}

async function removeBudgets(session: Session, _options: object, names: string[]): Promise<ExitCode> {
  const client = await session.client();
  for (const name of names) {
    await client.removeBudget(name);
    session.terminal.print(`${session.terminal.colours.green('✓')} ${name} is removed`);
  }
  session.terminal.printJson({ removed: names });
  return exitCodes.ok;
}

function budgetTable(budgets: readonly BudgetView[], colours: Colours): string {
  const right = (title: string) => ({ title, align: 'right' as const });
  const columns = [
    ...['budget', 'for', 'per', 'when over'].map((title) => ({ title })),
    ...['cap', 'spent', 'reserved', 'left'].map(right),
  ];
  const rows = budgets.map(({ name, tag, job, window, over, capUsd, ...standing }) => [
    name,
    tag !== undefined ? `tag ${tag}` : (job ?? 'all jobs'),
    window,
    over,
    ...[capUsd, standing.spentUsd, standing.reservedUsd, standing.leftUsd].map(formatCost),
  ]);
  return formatTable(columns, rows, colours);
}

function parseAmount(text: string): number {
  const amount = /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(amount))
    throw new InvalidArgumentError('Give US dollars with at most six decimals, for example 25 or 0.5.');
  return amount;
}

const sentenceOf = (message: string): string => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
