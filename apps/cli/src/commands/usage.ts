import { InvalidArgumentError, type Command } from 'commander';
import { usageDimensions, type UsageRow, type UsageSums, type UsageView } from '@waybill/contracts';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { count } from '../terminal/format-event.js';
import { formatCost } from '../terminal/format-cost.js';
import { formatTable } from '../terminal/format-table.js';
import { parseSince } from './parse-since.js';
import { wholeNumber } from './whole-number.js';

interface UsageOptions {
  readonly by: string;
  readonly since?: Date;
  readonly until?: Date;
  readonly tag?: string;
  readonly job?: string;
  readonly model?: string;
  readonly key?: string;
  readonly allTenants?: boolean;
  readonly limit: number;
  readonly csv?: boolean;
}

export function registerUsage(program: Command, run: Run): void {
  program
    .command('usage')
    .description('What was spent, and on what')
    .option('--by <dimension,...>', `grouped by: ${usageDimensions.join(', ')}`, parseDimensions, 'model')
    .option('--since <when>', 'a day or moment, or a time ago such as 24h or 7d (else 30 days ago)', parseSince)
    .option('--until <when>', 'the same, for the end (else now)', parseSince)
    .option('--tag <tag>', 'only jobs with this tag')
    .option('--job <job>', 'only this job')
    .option('--model <model>', 'only this model')
    .option('--key <key>', 'only what this API key asked for: wb_live_… without its secret')
    .option('--all-tenants', 'of every tenant, for the operator’s admins; see them with --by tenant')
    .option('--limit <count>', 'at most this many groups, the dearest first', wholeNumber(1, 10_000), 50)
    .option('--csv', 'write CSV for a spreadsheet')
    .action(run(showUsage));
}

async function showUsage(session: Session, options: UsageOptions): Promise<ExitCode> {
  const { by, since, until, tag, job, model, key, allTenants, limit, csv } = options;
  const tenants = allTenants === true ? 'all' : undefined;
  const query = { by, from: since?.toISOString(), to: until?.toISOString(), tag, job, model, key, tenants, limit };
  const client = await session.client();
  const { terminal } = session;
  if (csv === true) {
    terminal.print((await client.usageCsv(query)).trimEnd());
    return exitCodes.ok;
  }
  const view = await client.usage(query);
  terminal.printJson(view);
  if (view.rows.length === 0) terminal.note('Nothing was booked in that time.');
  else
    terminal.print(formatTable(columnsOf(view), [...view.rows.map(cellsOf(view)), totalsOf(view)], terminal.colours));
  for (const sentence of remarksOn(view)) terminal.note(sentence);
  return exitCodes.ok;
}

const columnsOf = ({ by }: UsageView) => [
  ...by.map((title) => ({ title })),
  ...[...(by.includes('image') ? imageTitles : []), 'calls', 'pages', 'input', 'cached', 'output', 'cost'].map(
    (title) => ({ title, align: 'right' as const }),
  ),
];

const imageTitles = ['pixels', 'detail', 'bytes', 'estimated', 'billed'];

/** What is known of a picture, in the order of `imageTitles`; nothing for what sent none. */
function imageCells({ image }: UsageRow): string[] {
  if (!image) return imageTitles.map(() => '–');
  const { widthPx, heightPx, details, bytes, estimatedTokens, billedTokens } = image;
  const counts = [bytes, estimatedTokens, billedTokens ?? 0].map(formatCount);
  return [`${widthPx}x${heightPx}`, details.join(' ') || '–', ...counts];
}

const cellsOf =
  ({ by }: UsageView) =>
  (row: UsageRow): string[] => [
    ...by.map((dimension) => row.group[dimension] ?? '–'),
    ...(by.includes('image') ? imageCells(row) : []),
    ...numbersOf(row),
  ];

const totalsOf = ({ by, totals }: UsageView): string[] => [
  ...by.map((_, place) => (place === 0 ? 'all' : '')),
  ...(by.includes('image') ? imageTitles.map(() => '') : []),
  ...numbersOf(totals),
];

const numbersOf = (sums: UsageSums): string[] => [
  ...[sums.calls, sums.pages, sums.inputTokens, sums.cachedInputTokens, sums.outputTokens].map(formatCount),
  formatCost(sums.costUsd),
];

const formatCount = (count: number): string =>
  count === 0 ? '–' : count.toLocaleString('en', { maximumFractionDigits: 1 });

function remarksOn({ isCut, totals, reserved, unconfirmed }: UsageView): string[] {
  return [
    ...(totals.simulatedCostUsd > 0
      ? [`Simulated: ${formatCost(totals.simulatedCostUsd)} of this were answered by the simulator; nobody bills them.`]
      : []),
    ...(isCut ? ['There are more groups: --limit shows them.'] : []),
    ...(reserved.calls > 0
      ? [`Under way: ${count(reserved.calls, 'call')} of at most ${formatCost(reserved.mostUsd)}.`]
      : []),
    ...(unconfirmed.calls > 0
      ? [
          `Unconfirmed: ${count(unconfirmed.calls, 'call')} of at most ${formatCost(unconfirmed.mostUsd)}; a worker ended before it could say whether it had paid.`,
        ]
      : []),
  ];
}

function parseDimensions(text: string): string {
  const unknown = text.split(',').find((name) => !(usageDimensions as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`"${unknown}" is no dimension; choose from ${usageDimensions.join(', ')}.`);
  return text;
}
