import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EmbeddedServerError } from './embedded-server-error.js';

const wrapper = ['unshare', '--user', '--map-user=1000', '--map-group=1000'] as const;

/**
 * A prefix for a command line under which Postgres, which refuses to run as root, sees an ordinary user: nothing for
 * ordinary users; for root on Linux a user namespace, which needs no other account and no other owner of the files.
 * @throws EmbeddedServerError when root cannot make one.
 */
export async function unprivilegedPrefix(): Promise<readonly string[]> {
  if (process.getuid?.() !== 0) return [];
  const [command, ...args] = wrapper;
  try {
    await promisify(execFile)(command, [...args, 'true']);
  } catch (error) {
    throw new EmbeddedServerError(
      'Postgres does not run as root and this system allows no user namespaces; ' +
        'run as an ordinary user, or set DATABASE_URL to a running Postgres.',
      { cause: error },
    );
  }
  return wrapper;
}
