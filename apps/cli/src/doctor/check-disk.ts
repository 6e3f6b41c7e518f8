import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail, ok, warn, type Finding, type Surroundings } from './finding.js';

const gigabyte = 1_000_000_000;
const warnBelowBytes = 5 * gigabyte;
const failBelowBytes = 0.5 * gigabyte;

/** There is room for documents and databases where the data folder is or will be. */
export async function checkDisk({ dataFolder }: Surroundings): Promise<Finding> {
  const { bavail, bsize } = await statfsOfNearest(dataFolder);
  return judgeFreeSpace(bavail * bsize, dataFolder);
}

/** How good a number of free bytes is. */
export function judgeFreeSpace(freeBytes: number, folder: string): Finding {
  const found = `${(freeBytes / gigabyte).toFixed(1)} GB free`;
  const advice = `Make room on the disk of ${folder}, or choose another folder with --data.`;
  if (freeBytes < failBelowBytes) return fail('disk', found, advice);
  if (freeBytes < warnBelowBytes) return warn('disk', found, advice);
  return ok('disk', found);
}

/** The folder may not exist yet: its nearest ancestor lies on the same disk. */
async function statfsOfNearest(folder: string): Promise<StatsFs> {
  const parent = dirname(folder);
  return statfs(folder).catch((error: unknown) => {
    if (parent === folder) throw error;
    return statfsOfNearest(parent);
  });
}
