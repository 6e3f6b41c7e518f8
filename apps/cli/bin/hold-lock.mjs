import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Takes a lock file, waiting while another live process has it, and returns what releases it. Synchronous, because
 * what it guards is.
 */
export function holdLock(file, onWait) {
  mkdirSync(dirname(file), { recursive: true });
  for (let waits = 0; !tryTake(file); waits += 1) {
    if (waits === 0) onWait();
    pause(200);
  }
  return () => rmSync(file, { force: true });
}

function tryTake(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!holderLives(file)) rmSync(file, { force: true });
  return false;
}

function holderLives(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function pause(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
