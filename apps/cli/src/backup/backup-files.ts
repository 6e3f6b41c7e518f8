import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Writable, type Readable } from 'node:stream';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';
import { manifestName, type BackupManifest, type SavedFile } from './backup-manifest.js';

/** Bytes of a file so far. */
export type OnBytes = (sizeBytes: number) => void;

/** A new backup folder being filled. @throws CliError when there is something in it already */
export async function makeBackupFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length === 0) return;
  throw new CliError(exitCodes.refused, `${folder} is not empty; name a folder that is new for each backup.`);
}

/** Writes the manifest, by which the folder becomes a backup. */
export async function completeBackup(folder: string, manifest: BackupManifest): Promise<void> {
  await writeFile(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
}

/** Writes one file of a backup, on disk before it resolves, and says its size and digest. */
export async function writeSaved(
  folder: string,
  file: string,
  fill: (target: Writable) => Promise<void>,
  onBytes: OnBytes = () => undefined,
): Promise<SavedFile> {
  const path = join(folder, file);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const handle = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const target = new Writable({
    write(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      onBytes(sizeBytes);
      handle.writeFile(chunk).then(() => done(), done);
    },
  });
  try {
    await fill(target);
    await handle.sync();
    return { file, sizeBytes, sha256: hash.digest('hex') };
  } finally {
    await handle.close();
  }
}

/** @throws CliError naming the first file that is missing or not what the backup wrote */
export async function checkSaved(folder: string, files: readonly SavedFile[]): Promise<void> {
  for (const saved of files) {
    const hash = await digestOf(join(folder, saved.file)).catch(() => undefined);
    if (hash?.digest('hex') === saved.sha256) continue;
    const sentence = `${saved.file} of the backup is missing or damaged; nothing was restored, take another backup.`;
    throw new CliError(exitCodes.refused, sentence);
  }
}

async function digestOf(path: string): Promise<Hash> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash;
}

/** A saved file's bytes, in chunks that a NATS message can carry. */
export const openSaved = (folder: string, { file }: SavedFile): Readable =>
  createReadStream(join(folder, file), { highWaterMark: 128 * 1024 });
