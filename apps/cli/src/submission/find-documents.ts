import { stat } from 'node:fs/promises';
import { glob, isDynamicPattern } from 'tinyglobby';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';

/** A document to submit. `name` is what its job's documents are called. */
export interface FoundDocument {
  readonly path: string;
  readonly name: string;
}

/**
 * What is taken from a folder; a file that is named itself is taken whatever it is called. The decoders behind it are
 * loaded only where a folder is named.
 */
const endingsOfDocuments = async (): Promise<readonly string[]> =>
  (await import('./document-endings.js')).documentEndings;

const byName = new Intl.Collator('en', { numeric: true }).compare;

/**
 * The documents that files, folders (with all folders in them) and globs name, each once, sorted within each name:
 * `page-2` before `page-10`.
 * @param resolvePath makes a name absolute from where the user stands
 * @throws CliError `notFound` for a name that stands for nothing
 */
export async function findDocuments(
  names: readonly string[],
  resolvePath: (path: string) => string,
): Promise<FoundDocument[]> {
  const found = new Map<string, FoundDocument>();
  for (const name of names) {
    for (const document of await documentsOf(name, resolvePath)) found.set(document.path, document);
  }
  return [...found.values()];
}

async function documentsOf(name: string, resolvePath: (path: string) => string): Promise<FoundDocument[]> {
  const path = resolvePath(name);
  const entry = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES') throw new CliError(exitCodes.noPermission, `${path} may not be read by this user.`);
    return undefined;
  });
  if (entry?.isFile()) return [{ path, name: lastPart(path) }];
  if (entry?.isDirectory()) return matches(`**/*.{${(await endingsOfDocuments()).join(',')}}`, path, name);
  if (isDynamicPattern(name)) return matches(name, resolvePath('.'), name);
  throw new CliError(exitCodes.notFound, `There is no file, folder or glob match ${path}; check the name.`);
}

async function matches(pattern: string, folder: string, name: string): Promise<FoundDocument[]> {
  const paths = await glob(pattern, { cwd: folder, absolute: true, caseSensitiveMatch: false, onlyFiles: true });
  if (paths.length === 0) {
    const endings = (await endingsOfDocuments()).join(', ');
    throw new CliError(exitCodes.notFound, `${name} holds no document; Waybill reads files ending in ${endings}.`);
  }
  return paths.sort(byName).map((path) => ({ path, name: lastPart(path) }));
}

const lastPart = (path: string): string => path.slice(path.replaceAll('\\', '/').lastIndexOf('/') + 1);
