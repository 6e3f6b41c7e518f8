import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Command lines of processes that name a folder: servers are started with their data folder. */
export async function processesOn(folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,args=']);
  return stdout.split('\n').filter((line) => line.includes(folder));
}
