import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';

/**
 * A shell that reads from its owner and waits. When the owner dies, however it dies, the pipe ends, and the shell stops
 * the server: first politely, after 10 seconds by force. It is started before the server, so that no moment is unwatched.
 */
const script = `
trap '' INT TERM HUP
read -r pid || exit 0
while read -r line; do :; done
kill -"$1" "$pid" 2>/dev/null || exit 0
tries=0
while kill -0 "$pid" 2>/dev/null && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
kill -KILL "$pid" 2>/dev/null
`;

export interface ParentWatchdog {
  watch(serverPid: number): void;
  /** The server has ended: nothing is left to watch. */
  dismiss(): void;
}

/** Windows has no such shell; there, servers outlive an owner that was killed. */
const unwatched: ParentWatchdog = { watch: () => undefined, dismiss: () => undefined };

/** Starts a watchdog for one server of this process. */
export function startParentWatchdog(stopSignal: 'SIGTERM' | 'SIGINT'): ParentWatchdog {
  if (process.platform === 'win32') return unwatched;
  const child = spawn('sh', ['-c', script, 'waybill-watchdog', stopSignal.slice('SIG'.length)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.once('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  unrefPipe(child.stdin);
  return {
    watch: (serverPid) => void child.stdin.write(`${serverPid}\n`),
    dismiss: () => {
      child.kill('SIGKILL');
      child.stdin.destroy();
    },
  };
}

/** A pipe to a child keeps its owner alive unless told otherwise. The types call it a stream, and it is a socket. */
export function unrefPipe(pipe: Writable | Readable): void {
  if (pipe instanceof Socket) pipe.unref();
}
