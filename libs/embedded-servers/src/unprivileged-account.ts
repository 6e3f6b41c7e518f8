import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EmbeddedServerError } from './embedded-server-error.js';

/** How to run a command as an ordinary user. */
export interface UnprivilegedAccount {
  /** Stands before the command line. */
  readonly prefix: readonly string[];
  /** The user and group that the process takes. */
  readonly identity: { readonly uid?: number; readonly gid?: number };
}

const run = promisify(execFile);
const userNamespace = ['unshare', '--user', '--map-user=1000', '--map-group=1000'] as const;
/** `nobody` of every Linux distribution. */
const nobody = { uid: 65_534, gid: 65_534 } as const;

/**
 * Postgres refuses to run as root. Ordinary users need nothing. Root takes a user namespace, in which its files stay its
 * own; where the system allows none, as in most containers, it gives `dataDir` to `nobody`, who must be able to reach it.
 * @throws EmbeddedServerError when neither is possible.
 */
export async function unprivilegedAccount(dataDir: string, binary: string): Promise<UnprivilegedAccount> {
  if (process.getuid?.() !== 0) return { prefix: [], identity: {} };
  const [unshare, ...mapping] = userNamespace;
  const namespaceWorks = await run(unshare, [...mapping, 'true']).then(
    () => true,
    () => false,
  );
  if (namespaceWorks) return { prefix: userNamespace, identity: {} };
  try {
    await run('chown', ['-R', `${nobody.uid}:${nobody.gid}`, dataDir]);
    await run('sh', ['-c', 'test -x "$0" && test -w "$1"', binary, dataDir], nobody);
  } catch (error) {
    throw new EmbeddedServerError(
      'Postgres does not run as root, this system allows no user namespaces, and the user "nobody" cannot reach ' +
        `${dataDir}; run as an ordinary user, or set DATABASE_URL to a running Postgres.`,
      { cause: error },
    );
  }
  return { prefix: [], identity: nobody };
}
