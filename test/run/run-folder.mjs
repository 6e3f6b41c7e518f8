import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'waybill-test-run-';

/**
 * One folder that is the temporary folder of everything a test run starts, and a mark that all its processes carry in
 * their environment. Folders of runs that were killed are removed.
 */
export async function openRunFolder() {
  for (const name of await readdir(tmpdir())) {
    if (name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length).split('-')[0]))) {
      await rm(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
  const mark = `${prefix}${process.pid}-${randomBytes(4).toString('hex')}`;
  const path = join(tmpdir(), mark);
  const temporary = join(path, 'tmp');
  await mkdir(temporary, { recursive: true });
  return {
    path,
    temporary,
    mark,
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
