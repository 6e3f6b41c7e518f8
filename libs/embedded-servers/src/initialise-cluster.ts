import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { folderError } from './data-folder.js';
import { EmbeddedServerError, standardErrorOf, systemErrorCode } from './embedded-server-error.js';

export interface Cluster {
  readonly folder: string;
  /** Of the superuser `postgres`: other users of this machine can reach the port, but not get in. */
  readonly password: string;
}

const majorVersion = '18';

/**
 * The database cluster of a data folder, made when missing. An `initdb` that was interrupted leaves nothing behind.
 * @throws EmbeddedServerError when the folder holds another version's data or cannot be written.
 */
export async function initialiseCluster(
  dataDir: string,
  initdb: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly uid?: number; readonly gid?: number },
): Promise<Cluster> {
  const folder = join(dataDir, 'cluster');
  const passwordFile = join(dataDir, 'password');
  const found = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (found !== undefined) {
    if (found.trim() !== majorVersion) {
      throw new EmbeddedServerError(
        `${dataDir} holds data of Postgres ${found.trim()}, and this is Postgres ${majorVersion}; ` +
          'choose another folder, or dump the data with the old version and restore it here.',
      );
    }
    return { folder, password: await readPassword(passwordFile) };
  }

  const unfinished = join(dataDir, 'cluster.unfinished');
  const password = randomBytes(18).toString('base64url');
  const [file = '', ...prefix] = initdb;
  try {
    await rm(unfinished, { recursive: true, force: true });
    await rm(passwordFile, { force: true });
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (options.uid !== undefined && options.gid !== undefined) await chown(passwordFile, options.uid, options.gid);
    await promisify(execFile)(
      file,
      [
        ...prefix,
        `--pgdata=${unfinished}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--locale=C',
        '--encoding=UTF8',
        '--no-instructions',
      ],
      { cwd: '/', ...options },
    );
    await rename(unfinished, folder);
  } catch (error) {
    throw initialiseRefusal(dataDir, error);
  }
  return { folder, password };
}

async function readPassword(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw new EmbeddedServerError(
      `The password of this database cannot be read from ${file} (${systemErrorCode(error) ?? 'unknown error'}); ` +
        'put the file back, or choose another folder.',
      { cause: error },
    );
  }
}

function initialiseRefusal(dataDir: string, error: unknown): EmbeddedServerError {
  const said = standardErrorOf(error);
  if (/no space left/i.test(said))
    return folderError(dataDir, 'Postgres', Object.assign(new Error(said), { code: 'ENOSPC' }));
  const line = said.split('\n').findLast((text) => /error|fatal/i.test(text));
  return line === undefined
    ? folderError(dataDir, 'Postgres', error)
    : new EmbeddedServerError(`Postgres could not create its data in ${dataDir} (${line.trim()}).`, { cause: error });
}
