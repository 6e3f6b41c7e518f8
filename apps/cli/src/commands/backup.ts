import type { Command } from 'commander';
import type { BackupManifest } from '../backup/backup-manifest.js';
import type { BackupProgress } from '../backup/backup-stack.js';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { count } from '../terminal/format-event.js';
import { StepLine } from '../terminal/step-line.js';

export function registerBackup(program: Command, run: Run): void {
  program
    .command('backup')
    .description('Save streams, documents and tables into a new folder; services may run meanwhile')
    .argument('<folder>', 'a new or empty folder')
    .action(run((session, _options: object, folder: string) => backUp(session, folder)));
  program
    .command('restore')
    .description('Make a saved stack again in empty servers, or on a new data folder; no service may run')
    .argument('<folder>', 'the folder of a backup')
    .action(run((session, _options: object, folder: string) => restore(session, folder)));
}

async function backUp(session: Session, folder: string): Promise<ExitCode> {
  const { withServers } = await import('../backup/with-servers.js');
  const { backUpStack } = await import('../backup/backup-stack.js');
  const path = session.resolvePath(folder);
  return await withLine(session, 'saved', (onProgress) =>
    withServers(session, 'existing', (environment) => backUpStack(environment, path, onProgress)),
  );
}

async function restore(session: Session, folder: string): Promise<ExitCode> {
  const { withServers } = await import('../backup/with-servers.js');
  const { restoreStack } = await import('../backup/restore-stack.js');
  const path = session.resolvePath(folder);
  return await withLine(session, 'restored', (onProgress) =>
    withServers(session, 'any', (environment) => restoreStack(environment, path, onProgress)),
  );
}

/** Shows how far it is, then what has been done. */
async function withLine(
  session: Session,
  verb: 'saved' | 'restored',
  work: (onProgress: BackupProgress) => Promise<BackupManifest>,
): Promise<ExitCode> {
  const line = new StepLine(session.terminal);
  try {
    const { streams, tables, takenAt } = await work((sentence) => line.update(sentence));
    const messages = streams.reduce((sum, { state }) => sum + state.messages, 0);
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    const sizeBytes = [...streams, ...tables].reduce((sum, file) => sum + file.sizeBytes, 0);
    const what = `${count(streams.length, 'stream')} with ${count(messages, 'message')}, ${count(tables.length, 'table')} with ${count(rows, 'row')}`;
    line.done(`${what} ${verb}, as of ${takenAt}`);
    const elsewhere = bucketOf(session);
    if (elsewhere !== undefined) session.terminal.note(bucketSentences[verb](elsewhere));
    session.terminal.printJson({
      ...{ takenAt, streams: streams.length, messages, tables: tables.length, rows, sizeBytes },
      ...(elsewhere === undefined ? {} : { notInBackup: [elsewhere] }),
    });
    return exitCodes.ok;
  } finally {
    line.close();
  }
}

/** The bucket of S3 that holds the documents, where one does. */
function bucketOf(session: Session): string | undefined {
  const store = session.host.environment.WAYBILL_DOCUMENT_STORE;
  return store?.startsWith('s3://') ? store : undefined;
}

const bucketSentences = {
  saved: (bucket: string) =>
    `Documents and layouts lie in ${bucket}, which is not in this folder: save the bucket after this, by its own means (versions, replication, a copy).`,
  restored: (bucket: string) =>
    `Documents and layouts lie in ${bucket}: it must be as it was saved before services start.`,
};
