import { execFile } from 'node:child_process';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from './temporary-folder.js';

const run = promisify(execFile);
const megabytes = 1_048_576;

/** A disk of a few megabytes that a test may fill. */
export interface SmallDisk {
  readonly path: string;
  /** Takes all the room that is left. */
  fill(): Promise<void>;
  /** Gives the room back. */
  empty(): Promise<void>;
  remove(): Promise<void>;
}

/** A file system in memory, for tests that run as root on Linux; undefined where it cannot be mounted. */
export async function mountSmallDisk(sizeMb: number): Promise<SmallDisk | undefined> {
  const folder = await temporaryFolder('small-disk');
  const { path } = folder;
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'waybill-small-disk', path]);
  } catch {
    await folder.remove();
    return undefined;
  }
  const ballast = join(path, 'ballast');
  return {
    path,
    fill: async () => {
      const { bavail, bsize } = await statfs(path);
      // What is written meanwhile by others takes the last bytes; the error of a full disk is what is wanted.
      await writeFile(ballast, Buffer.alloc(Math.max(megabytes, bavail * bsize))).catch(() => undefined);
    },
    empty: () => rm(ballast, { force: true }),
    remove: async () => {
      await run('umount', ['-l', path]);
      await folder.remove();
    },
  };
}
