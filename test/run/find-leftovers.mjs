import { readFile, readdir, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Watchdogs of servers end a moment after their owner. */
const patienceMs = 30_000;

/**
 * What a test run has left: processes that carry its mark (with the ports they listen on) and files in its temporary
 * folder, each as a phrase. The processes are ended and the files removed. On systems without /proc only files are found.
 */
export async function findLeftovers(folder) {
  const endMs = Date.now() + patienceMs;
  let processes = await markedProcesses(folder.mark);
  while (processes.length > 0 && Date.now() < endMs) {
    await delay(100);
    processes = await markedProcesses(folder.mark);
  }
  const listening = await listeningPorts();
  const found = [];
  for (const { pid, command } of processes) {
    const ports = await portsOf(pid, listening);
    const where = ports.length > 0 ? `, listening on port ${ports.join(', ')}` : '';
    found.push(`process ${pid} (${command})${where}`);
    process.kill(pid, 'SIGKILL');
  }
  for (const name of await readdir(folder.temporary)) {
    found.push(`file ${join(folder.temporary, name)}`);
    await rm(join(folder.temporary, name), { recursive: true, force: true });
  }
  return found;
}

async function markedProcesses(mark) {
  const found = [];
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '');
    if (!environment.split('\0').includes(`WAYBILL_TEST_RUN=${mark}`)) continue;
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    found.push({ pid: Number(name), command: command.replaceAll('\0', ' ').trim().slice(0, 120) });
  }
  return found;
}

/** Listening TCP ports by the inode of their socket. */
async function listeningPorts() {
  const ports = new Map();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const lines = (await readFile(table, 'utf8').catch(() => '')).split('\n').slice(1);
    for (const line of lines) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === '0A') ports.set(inode, Number.parseInt(local.split(':').at(-1), 16));
    }
  }
  return ports;
}

async function portsOf(pid, listening) {
  const ports = [];
  for (const descriptor of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
    const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode && listening.has(inode)) ports.push(listening.get(inode));
  }
  return ports;
}
