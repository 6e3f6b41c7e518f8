import { connect, StreamBackup } from '@waybill/jetstream';
import { migrate, TableBackup } from '@waybill/persistence';
import type { Environment } from '@waybill/platform';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';
import { provisionStack } from '../stack/provision-stack.js';
import { checkSaved, openSaved } from './backup-files.js';
import { readManifest, type BackupManifest } from './backup-manifest.js';
import type { BackupProgress } from './backup-stack.js';

/**
 * Makes a saved stack again in empty servers to which no service is connected. All of it or nothing: tables are
 * committed last, and streams are removed again when something fails.
 * @throws CliError, ConfigurationError or StageError, each a sentence
 */
export async function restoreStack(
  environment: Environment,
  folder: string,
  onProgress: BackupProgress,
): Promise<BackupManifest> {
  const manifest = await readManifest(folder);
  onProgress('Checking the backup');
  await checkSaved(folder, [...manifest.streams, ...manifest.tables]);
  await migrate(environment.DATABASE_URL);
  const connection = await connect(environment, 'waybill-cli');
  try {
    const streams = await StreamBackup.open(connection);
    await streams.refuseUnlessFresh();
    const tables = await TableBackup.open(environment.DATABASE_URL);
    try {
      refuseOtherTables(manifest, await tables.migrations());
      await fillTables(folder, manifest, tables, onProgress);
      await makeStreams({ folder, manifest, streams, replicas: environment.WAYBILL_STREAM_REPLICAS }, onProgress);
      await tables.commit();
    } finally {
      await tables.close();
    }
  } finally {
    await connection.close();
  }
  onProgress('Preparing streams and tables');
  await provisionStack(environment);
  return manifest;
}

function refuseOtherTables(manifest: BackupManifest, migrations: readonly string[]): void {
  if (manifest.migrations.join() === migrations.join()) return;
  throw new CliError(
    exitCodes.refused,
    'The backup was made by another version of Waybill, whose tables differ; restore it with that version, then upgrade.',
  );
}

async function fillTables(
  folder: string,
  manifest: BackupManifest,
  tables: TableBackup,
  onProgress: BackupProgress,
): Promise<void> {
  await tables.beginRestore(manifest.tables);
  for (const table of manifest.tables) {
    onProgress(`table ${table.name}: ${table.rows} rows`);
    await tables.restore(table, openSaved(folder, table));
  }
}

interface StreamsToMake {
  readonly folder: string;
  readonly manifest: BackupManifest;
  readonly streams: StreamBackup;
  readonly replicas: number;
}

async function makeStreams(
  { folder, manifest, streams, replicas }: StreamsToMake,
  onProgress: BackupProgress,
): Promise<void> {
  const made: string[] = [];
  try {
    for (const saved of manifest.streams) {
      onProgress(`${saved.name}: ${saved.state.messages} messages`);
      made.push(saved.name);
      await streams.restore({ config: saved.config, state: saved.state, chunks: openSaved(folder, saved) }, replicas);
    }
  } catch (error) {
    await streams.discard(made);
    throw error;
  }
}
