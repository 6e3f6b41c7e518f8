import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { EmbeddedServerError } from './embedded-server-error.js';
import { startParentWatchdog, unrefPipe } from './parent-watchdog.js';

export interface ServerCommand {
  /** What it is to a person, for example `nats-server`. */
  readonly title: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly identity?: { readonly uid?: number; readonly gid?: number };
  /** The line on stderr by which the server says that it takes connections. */
  readonly readyLine: RegExp;
  /** Asks the server to end in good order. */
  readonly stopSignal: 'SIGTERM' | 'SIGINT';
  /** Ends the server as a crash would. */
  readonly killSignal: 'SIGKILL' | 'SIGQUIT';
  readonly logFile: string;
}

/** The server ended before it was ready; `lines` are the last ones it said. */
export class ServerStartFailure extends Error {
  constructor(
    message: string,
    readonly lines: readonly string[],
  ) {
    super(message);
  }
}

/** A server that takes connections. It does not keep this process alive, and ends when this process ends. */
export interface ServerProcess {
  readonly pid: number;
  readonly exited: Promise<void>;
  signal(name: NodeJS.Signals): void;
}

const rememberedLines = 40;

/**
 * Starts a server and resolves when it says that it is ready. Its stderr goes to `logFile`.
 * @throws ServerStartFailure when it ends instead; EmbeddedServerError when its binary cannot be run.
 */
export async function startServerProcess(command: ServerCommand): Promise<ServerProcess> {
  const watchdog = startParentWatchdog(command.stopSignal);
  // In a process group of its own: Ctrl-C in a terminal reaches the owner, who stops its services before its servers.
  const child = spawn(command.file, command.args, {
    cwd: '/',
    env: command.env,
    ...command.identity,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (child.pid !== undefined) watchdog.watch(child.pid);

  const log = createWriteStream(command.logFile, { flags: 'a', mode: 0o600 });
  log.on('error', () => undefined);
  const lines: string[] = [];
  const output = createInterface({ input: child.stderr });

  const exited = new Promise<void>((resolve) => {
    child.once('close', () => {
      watchdog.dismiss();
      log.end(resolve);
    });
  });
  const ready = new Promise<void>((resolve, reject) => {
    output.on('line', (line) => {
      log.write(`${line}\n`);
      lines.push(line);
      if (lines.length > rememberedLines) lines.shift();
      if (command.readyLine.test(line)) resolve();
    });
    child.once('error', (error) => {
      watchdog.dismiss();
      reject(
        new EmbeddedServerError(
          `${command.title} could not be run from ${command.file} (${error.message}); ` +
            'check that the file exists and may be executed.',
          { cause: error },
        ),
      );
    });
    child.once('close', (code, signal) =>
      reject(new ServerStartFailure(`${command.title} ended with ${signal ?? `code ${code}`}`, lines)),
    );
  });
  await ready;
  child.unref();
  unrefPipe(child.stderr);
  return { pid: child.pid ?? -1, exited, signal: (name) => void child.kill(name) };
}
