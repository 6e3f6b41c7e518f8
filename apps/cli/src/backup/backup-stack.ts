import { once } from 'node:events';
import { connect, StreamBackup, type StreamSnapshot } from '@waybill/jetstream';
import { TableBackup } from '@waybill/persistence';
import type { Environment } from '@waybill/platform';
import { completeBackup, makeBackupFolder, writeSaved } from './backup-files.js';
import type { BackupManifest, SavedStream, SavedTableFile } from './backup-manifest.js';

/** Hears what is being saved or restored, and how far it is. */
export type BackupProgress = (sentence: string) => void;

/**
 * Saves streams, buckets, documents and tables into a new folder, while services run. docs/backup.md has the order and
 * why it is that.
 * @throws CliError, ConfigurationError or StageError, each a sentence; the folder is then no backup.
 */
export async function backUpStack(
  environment: Environment,
  folder: string,
  onProgress: BackupProgress,
): Promise<BackupManifest> {
  await makeBackupFolder(folder);
  const startedAt = new Date().toISOString();
  const connection = await connect(environment, 'waybill-cli');
  const tables = await TableBackup.open(environment.DATABASE_URL).catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });
  try {
    const streams: SavedStream[] = [];
    let takenAt = startedAt;
    const backup = await StreamBackup.open(connection);
    await backup.save(
      async (name, snapshot) => void streams.push(await saveStream(folder, name, snapshot, onProgress)),
      async () => {
        await tables.fixMoment();
        takenAt = new Date().toISOString();
      },
    );
    const saved = await saveTables(folder, tables, onProgress);
    const migrations = await tables.migrations();
    const manifest: BackupManifest = { version: 1, startedAt, takenAt, migrations, streams, tables: saved };
    await completeBackup(folder, manifest);
    return manifest;
  } finally {
    await tables.close();
    await connection.close();
  }
}

async function saveStream(
  folder: string,
  name: string,
  { config, state, chunks }: StreamSnapshot,
  onProgress: BackupProgress,
): Promise<SavedStream> {
  onProgress(`${name}: ${state.messages} messages`);
  const fill = async (target: NodeJS.WritableStream): Promise<void> => {
    for await (const chunk of chunks) if (!target.write(chunk)) await once(target, 'drain');
    target.end();
    await once(target, 'finish');
  };
  const tell = (sizeBytes: number): void => onProgress(`${name}: ${megabytes(sizeBytes)} of ${megabytes(state.bytes)}`);
  return { name, config, state, ...(await writeSaved(folder, `streams/${name}.snapshot`, fill, tell)) };
}

async function saveTables(folder: string, tables: TableBackup, onProgress: BackupProgress): Promise<SavedTableFile[]> {
  const saved: SavedTableFile[] = [];
  for (const table of await tables.tables()) {
    let rows = 0;
    const tell = (sizeBytes: number): void => onProgress(`table ${table.name}: ${megabytes(sizeBytes)}`);
    tell(0);
    const fill = async (target: Parameters<TableBackup['save']>[1]): Promise<void> => {
      rows = await tables.save(table, target);
    };
    const file = await writeSaved(folder, `tables/${table.name}.copy`, fill, tell);
    saved.push({ name: table.name, columns: [...table.columns], rows, ...file });
  }
  return saved;
}

const megabytes = (sizeBytes: number): string => `${(sizeBytes / 1e6).toFixed(1)} MB`;
