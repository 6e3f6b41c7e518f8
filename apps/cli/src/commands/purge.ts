import type { Command } from 'commander';
import type { PurgeView } from '@waybill/contracts';
import type { ApiClient } from '../api/api-client.js';
import { CliError } from '../cli-error.js';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { count } from '../terminal/format-event.js';
import { parseSince } from './parse-since.js';

interface PurgeOptions {
  readonly before?: Date;
}

export function registerPurge(program: Command, run: Run): void {
  program
    .command('purge [job...]')
    .description('Remove every copy of jobs: documents, pages, results, events; what they cost stays in the ledger')
    .option(
      '--before <moment>',
      'all jobs of the tenant that were submitted, and receipts of its chats that began, before it, or so long ago',
      parseSince,
    )
    .action(run(purge));
}

async function purge(session: Session, { before }: PurgeOptions, named: string[]): Promise<ExitCode> {
  if ((before === undefined) === (named.length === 0)) {
    throw new CliError(exitCodes.usage, 'Name the jobs to purge, or say --before and a moment.');
  }
  const client = await session.client();
  const purged: PurgeView[] = [];
  for await (const id of before ? idsBefore(client, before) : named) {
    const done = await client.purge(id);
    purged.push(done);
    session.terminal.print(`${session.terminal.colours.green('✓')} ${id} is purged: ${describe(done)}`);
  }
  if (purged.length === 0) session.terminal.note('There are no such jobs.');
  const receipts = before ? (await client.purgeReceipts(before)).removed.receipts : undefined;
  if (receipts) session.terminal.print(`${session.terminal.colours.green('✓')} ${count(receipts, 'receipt')} of chats`);
  session.terminal.printJson({ purged, ...(receipts === undefined ? {} : { receipts }) });
  return exitCodes.ok;
}

const describe = ({ removed, againAfter }: PurgeView): string => {
  const again = againAfter ? `; it was under way, so it is looked through once more after ${againAfter}` : '';
  return `${count(removed.blobs, 'blob')}, ${count(removed.events, 'event')}, ${count(removed.rows, 'row')}${again}`;
};

/** The listing is asked for from its start again, because what was purged is not in it any more. */
async function* idsBefore(client: ApiClient, before: Date): AsyncGenerator<string> {
  const seen = new Set<string>();
  for (;;) {
    const { jobs } = await client.jobs({ until: before.toISOString(), limit: 200 });
    const fresh = jobs.map(({ id }) => id as string).filter((id) => !seen.has(id));
    if (fresh.length === 0) return;
    for (const id of fresh) {
      seen.add(id);
      yield id;
    }
  }
}
