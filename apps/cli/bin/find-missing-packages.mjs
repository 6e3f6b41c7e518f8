import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Names of packages that the lockfile demands and `node_modules` lacks or has in another version, by npm's own record
 * of what it installed. Optional ones do not count: most are for other platforms.
 */
export function findMissingPackages(projectFolder) {
  const wanted = readPackages(join(projectFolder, 'package-lock.json')) ?? {};
  const installed = readPackages(join(projectFolder, 'node_modules', '.package-lock.json')) ?? {};
  return Object.entries(wanted)
    .filter(([path, entry]) => path !== '' && !entry.optional && installed[path]?.version !== entry.version)
    .map(([path]) => path);
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
