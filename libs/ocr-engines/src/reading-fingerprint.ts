import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A digest of the code that prepares pictures and talks to the engines, in hex: the same pixels may be read differently
 * whenever it changes, so readings that were kept before are then no longer taken. No number has to be raised by hand.
 */
export function readingFingerprint(folder: string = import.meta.dirname): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|ts)$/.test(name) && !/\.(spec|d)\.ts$|\.spec\.js$/.test(name))
    .sort();
  const hash = createHash('sha256');
  for (const name of files) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}
