/**
 * What benchmarks of reading measure by. The clock on the wall is what a person waits, and on a machine with much else to do says little;
 * processor time is what a reading costs, whatever else runs. Milliseconds, to be subtracted from each other.
 */
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;
let way = 'wall';

/** `wall`, or `processor`: this process with all its threads, and processes that it has started. For Linux. */
export function measureBy(clock) {
  if (clock !== 'wall' && clock !== 'processor') throw new Error('--clock is wall or processor.');
  way = clock;
}

/** What everything has taken until now that this process does or has started. */
export const elapsedMs = () => (way === 'wall' ? performance.now() : ownMs() + startedMs());

/** The same without this process: a command that it has started is not charged with the starting. */
export const commandMs = () => (way === 'wall' ? performance.now() : startedMs());

function ownMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Processes that have ended, and those that still run; the latter have one thread each. */
function startedMs() {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  const ended = ((Number(fields[13]) + Number(fields[14])) * 1_000) / ticksPerSecond;
  return runningProcesses().reduce((sum, id) => sum + processorMsOf(id), ended);
}

const runningProcesses = () =>
  readdirSync('/proc/self/task').flatMap((thread) =>
    textOf(`/proc/self/task/${thread}/children`).split(' ').filter(Boolean),
  );

const processorMsOf = (id) => Number(textOf(`/proc/${id}/schedstat`).split(' ')[0]) / 1e6;

/** Threads and processes end while they are looked at. */
function textOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
