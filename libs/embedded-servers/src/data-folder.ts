import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isNativeError } from 'node:util/types';
import { EmbeddedServerError, systemErrorCode } from './embedded-server-error.js';

/** Who runs on a data folder, kept in it as `server.json`. */
interface Occupant {
  readonly pid: number;
  readonly ownerPid: number;
  readonly url: string;
}

const occupantFile = (folder: string): string => join(folder, 'server.json');
const maxLogBytes = 20_000_000;
/** How long an orphaned server may take to end: the watchdog's patience and some more. */
const orphanPatienceMs = 60_000;

/**
 * Creates a data folder and makes sure that no server runs on it: two servers on one folder destroy it. A server whose
 * owner has died is about to end; this waits for it.
 * @throws EmbeddedServerError when the folder is in use or cannot be written.
 */
export async function openDataFolder(folder: string, title: string, logFile: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, '.writable'), '');
    await rm(join(folder, '.writable'));
  } catch (error) {
    throw folderError(folder, title, error);
  }
  const occupant = await readOccupant(folder);
  if (occupant) await waitForOrphan(folder, title, occupant);
  const log = await stat(logFile).catch(() => undefined);
  if (log && log.size > maxLogBytes) await rm(logFile);
}

export async function recordOccupant(folder: string, pid: number, url: string): Promise<void> {
  const occupant: Occupant = { pid, ownerPid: process.pid, url };
  await writeFile(occupantFile(folder), JSON.stringify(occupant), { mode: 0o600 });
}

export async function clearOccupant(folder: string): Promise<void> {
  await rm(occupantFile(folder), { force: true });
}

/** The refusal that a failed write in a data folder deserves. */
export function folderError(folder: string, title: string, error: unknown): EmbeddedServerError {
  const code = systemErrorCode(error);
  const advice =
    code === 'ENOSPC'
      ? 'the disk is full; make room on it or choose another folder'
      : code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
        ? 'this user may not write there; change its permissions or choose another folder'
        : `${isNativeError(error) ? error.message : String(error)}; choose another folder`;
  return new EmbeddedServerError(`${title} cannot keep its data in ${folder}: ${advice}.`, { cause: error });
}

async function readOccupant(folder: string): Promise<Occupant | undefined> {
  try {
    return JSON.parse(await readFile(occupantFile(folder), 'utf8')) as Occupant;
  } catch {
    return undefined;
  }
}

async function waitForOrphan(folder: string, title: string, occupant: Occupant): Promise<void> {
  const endMs = Date.now() + orphanPatienceMs;
  while (await isServer(occupant.pid)) {
    if (isAlive(occupant.ownerPid) || Date.now() > endMs) {
      throw new EmbeddedServerError(
        `${title} already runs on ${folder} (process ${occupant.pid}, ${occupant.url}); ` +
          'stop it first, use it by its URL, or choose another folder.',
      );
    }
    await delay(100);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}

/** True when the process lives and is one of our servers: process ids are used again, above all in containers. */
export async function isServer(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  try {
    const command = await readFile(`/proc/${pid}/comm`, 'utf8').catch(
      async () => (await promisify(execFile)('ps', ['-o', 'comm=', '-p', String(pid)])).stdout,
    );
    return /nats-server|postgres/.test(command);
  } catch {
    return false;
  }
}
