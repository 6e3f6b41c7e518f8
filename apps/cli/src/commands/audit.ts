import type { Command } from 'commander';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { formatTable } from '../terminal/format-table.js';
import { wholeNumber } from './whole-number.js';

interface AuditOptions {
  readonly job?: string;
  readonly limit: number;
}

export function registerAudit(program: Command, run: Run): void {
  program
    .command('audit')
    .description('Show who asked for which content, and what was purged, newest first')
    .option('--job <job>', 'only of this job')
    .option('--limit <count>', 'at most this many', wholeNumber(1, 1_000), 100)
    .action(run(audit));
}

async function audit(session: Session, { job, limit }: AuditOptions): Promise<ExitCode> {
  const { terminal } = session;
  const found = await (await session.client()).audit({ job, limit });
  terminal.printJson(found);
  if (found.entries.length === 0) {
    terminal.note('Nobody has asked for content yet.');
    return exitCodes.ok;
  }
  const columns = ['at', 'who', 'action', 'job', 'path'].map((title) => ({ title }));
  const rows = found.entries.map((entry) => [
    ...[entry.at, entry.who, entry.action],
    ...[entry.jobId ?? '–', entry.path ?? '–'],
  ]);
  terminal.print(formatTable(columns, rows, terminal.colours));
  return exitCodes.ok;
}
