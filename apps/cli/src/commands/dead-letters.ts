import type { Command } from 'commander';
import { deadLetterSchema } from '@waybill/contracts';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { formatTable } from '../terminal/format-table.js';
import { wholeNumber } from './whole-number.js';

interface ListOptions {
  readonly stage?: string;
  readonly job?: string;
  readonly limit: number;
}

export function registerDeadLetters(program: Command, run: Run): void {
  const command = program.command('dlq').description('Look at messages that were given up, and replay them');
  command
    .command('list', { isDefault: true })
    .description('List them, newest first')
    .option('--stage <consumer>', 'only those that this consumer gave up, for example ocr-read-page')
    .option('--job <job>', 'only those of this job')
    .option('--limit <count>', 'at most this many', wholeNumber(1, 500), 100)
    .action(run(list));
  command.command('show <id>').description('Show one with its original message').action(run(show));
  command.command('replay <id...>').description('Publish the original messages again').action(run(replay));
}

async function list(session: Session, { stage, job, limit }: ListOptions): Promise<ExitCode> {
  const { terminal } = session;
  const found = await (await session.client()).deadLetters({ stage, job, limit });
  terminal.printJson(found);
  if (found.deadLetters.length === 0) {
    terminal.note('There are no dead letters.');
    return exitCodes.ok;
  }
  const columns = [
    { title: 'id' },
    { title: 'at' },
    { title: 'stage' },
    { title: 'job' },
    { title: 'tries' },
    { title: 'why' },
  ];
  const rows = found.deadLetters.map((letter) => [
    letter.id,
    letter.at,
    letter.stage,
    letter.jobId ?? '–',
    `${letter.attempts}`,
    `${letter.failure.code}: ${letter.failure.message}`,
  ]);
  terminal.print(formatTable(columns, rows, terminal.colours));
  return exitCodes.ok;
}

async function show(session: Session, _options: object, id: string): Promise<ExitCode> {
  const { terminal } = session;
  const answer = await (await session.client()).deadLetter(id);
  terminal.printJson(answer);
  const letter = deadLetterSchema.parse(answer);
  const { dim } = terminal.colours;
  const facts: readonly (readonly [string, string])[] = [
    ['stage', letter.stage],
    ['tenant', letter.tenant],
    ['job', letter.jobId ?? '–'],
    ['why', `${letter.failure.code}: ${letter.failure.message}`],
    ['attempts', `${letter.attempts}`],
    ['given up', letter.at],
    ['subject', letter.original.subject],
    ['published', letter.original.publishedAt],
    ...Object.entries(letter.original.headers).map(([name, values]) => [name, values.join(', ')] as const),
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  terminal.print(facts.map(([name, value]) => `${dim(name.padEnd(width))}  ${value}`).join('\n'));
  terminal.print(`\n${readablePayload(letter.original.payload)}`);
  return exitCodes.ok;
}

async function replay(session: Session, _options: object, ids: string[]): Promise<ExitCode> {
  const client = await session.client();
  const replayed: { id: string; subject: string }[] = [];
  for (const id of ids) {
    const { subject } = await client.replayDeadLetter(id);
    replayed.push({ id, subject });
    session.terminal.print(`${session.terminal.colours.green('✓')} ${id} is queued again on ${subject}`);
  }
  session.terminal.printJson({ replayed });
  return exitCodes.ok;
}

/** The payload as indented JSON, or as text where it is none. */
function readablePayload(base64: string): string {
  const text = Buffer.from(base64, 'base64').toString('utf8');
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
