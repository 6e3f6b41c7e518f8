import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';
import { makeDataFolder } from './make-data-folder.js';
import { processIsAlive, processStartMark } from './process-identity.js';

const lockSchema = z.object({ pid: z.number().int().positive(), startMark: z.string().nullable() });

export interface DataFolderLock {
  /** Gives the folder back. May be called twice. */
  release(): Promise<void>;
}

/**
 * Takes a data folder for this process alone. A lock whose process is gone is taken over; a process that merely has
 * the same number as the dead one is told apart by its start mark.
 * @throws CliError `tryLater` while another process holds the folder, `noPermission` where it cannot be written.
 */
export async function lockDataFolder(folder: string): Promise<DataFolderLock> {
  const path = join(folder, 'stack.lock');
  await makeDataFolder(folder);
  const mine = JSON.stringify({ pid: process.pid, startMark: await processStartMark(process.pid) });
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    if (await createExclusively(path, mine)) return { release: () => releaseOwn(path, mine) };
    const holder = await readHolder(path);
    if (holder !== undefined && (await isHolding(holder))) {
      throw new CliError(
        exitCodes.tryLater,
        `A Waybill stack already runs on ${folder} (process ${holder.pid}); stop it with Ctrl-C or \`kill ${holder.pid}\`, or choose another folder with --data.`,
      );
    }
    await removeStale(path);
  }
  throw new CliError(exitCodes.tryLater, `Another process is taking ${folder} at this moment; try again.`);
}

async function createExclusively(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(content);
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new CliError(
      exitCodes.noPermission,
      `${path} cannot be written (${(error as Error).message}); choose another data folder with --data.`,
      { cause: error },
    );
  }
}

async function readHolder(path: string): Promise<z.infer<typeof lockSchema> | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function isHolding(holder: z.infer<typeof lockSchema>): Promise<boolean> {
  if (!processIsAlive(holder.pid)) return false;
  return holder.startMark === null || holder.startMark === (await processStartMark(holder.pid));
}

/** Renaming first makes sure that two processes finding the same stale lock do not remove each other's new one. */
async function removeStale(path: string): Promise<void> {
  const aside = `${path}.stale-${process.pid}`;
  await rename(path, aside).catch(() => undefined);
  await rm(aside, { force: true });
}

async function releaseOwn(path: string, mine: string): Promise<void> {
  const held = await readFile(path, 'utf8').catch(() => undefined);
  if (held === mine) await rm(path, { force: true });
}
