import { readFile } from 'node:fs/promises';

/** True when a process with this number exists, also when it belongs to somebody else. */
export function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * What tells a process from a later one with the same number: its start time in clock ticks since boot (Linux,
 * field 22 of /proc/PID/stat, counted after the parenthesised name). Null where the system does not say.
 */
export async function processStartMark(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[19] ?? null;
}
