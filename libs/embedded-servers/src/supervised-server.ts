import { clearOccupant, recordOccupant } from './data-folder.js';
import type { ServerProcess } from './server-process.js';

/** A server of our own. It ends with this process at the latest, and does not keep this process alive. */
export interface EmbeddedServer {
  readonly url: string;
  readonly dataDir: string;
  /** Of the process that runs now; undefined while stopped. */
  readonly pid: number | undefined;
  /** Ends in good order; resolves when the process is gone. May be called twice. */
  readonly stop: () => Promise<void>;
  /** Ends as a crash would; resolves when the process is gone. May be called twice. */
  readonly kill: () => Promise<void>;
  /** Stops if need be, and starts again on the same data and port. */
  readonly restart: () => Promise<void>;
}

export interface Supervision {
  readonly url: string;
  readonly dataDir: string;
  readonly stopSignal: NodeJS.Signals;
  readonly killSignal: NodeJS.Signals;
  start(): Promise<ServerProcess>;
}

const stopPatienceMs = 10_000;

/** Puts `stop`, `kill` and `restart` around a server that has just been started. */
export async function superviseServer(running: ServerProcess, plan: Supervision): Promise<EmbeddedServer> {
  let current: ServerProcess | undefined = running;
  await recordOccupant(plan.dataDir, running.pid, plan.url);

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = current;
    if (!ending) return;
    ending.signal(signal);
    const force = setTimeout(() => ending.signal('SIGKILL'), stopPatienceMs);
    await ending.exited;
    clearTimeout(force);
    if (current !== ending) return;
    current = undefined;
    await clearOccupant(plan.dataDir);
  };
  const stop = (): Promise<void> => end(plan.stopSignal);

  return {
    url: plan.url,
    dataDir: plan.dataDir,
    get pid() {
      return current?.pid;
    },
    stop,
    kill: () => end(plan.killSignal),
    restart: async () => {
      await stop();
      current = await plan.start();
      await recordOccupant(plan.dataDir, current.pid, plan.url);
    },
  };
}
