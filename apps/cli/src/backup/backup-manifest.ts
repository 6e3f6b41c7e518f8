import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';

const savedFileSchema = z.object({
  file: z.string().regex(/^(streams|tables)\/[\w.-]+$/),
  sizeBytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type SavedFile = z.infer<typeof savedFileSchema>;

const savedStreamSchema = savedFileSchema.extend({
  name: z.string(),
  config: z.record(z.string(), z.unknown()),
  state: z.looseObject({ messages: z.number().int(), bytes: z.number().int() }),
});
export type SavedStream = z.infer<typeof savedStreamSchema>;

const savedTableSchema = savedFileSchema.extend({
  name: z.string(),
  columns: z.array(z.string()).min(1),
  rows: z.number().int().nonnegative(),
});
export type SavedTableFile = z.infer<typeof savedTableSchema>;

/** `backup.json`: what a backup holds. It is written last, so a folder that has it is complete. */
const backupManifestSchema = z.object({
  version: z.literal(1),
  startedAt: z.iso.datetime(),
  /** The moment of queues, events and tables; what came later is not in the backup. */
  takenAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  streams: z.array(savedStreamSchema),
  tables: z.array(savedTableSchema),
});
export type BackupManifest = z.infer<typeof backupManifestSchema>;

export const manifestName = 'backup.json';

/** @throws CliError when the folder holds no backup that this version understands */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => undefined);
  if (text === undefined) {
    const sentence = `There is no complete backup in ${folder}; name the folder that \`waybill backup\` has filled.`;
    throw new CliError(exitCodes.notFound, sentence);
  }
  try {
    return backupManifestSchema.parse(JSON.parse(text));
  } catch (error) {
    const sentence = `${join(folder, manifestName)} is damaged or of a newer version; restore it with the version that made it.`;
    throw new CliError(exitCodes.refused, sentence, { cause: error });
  }
}
