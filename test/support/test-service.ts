import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const builtFolder = join(import.meta.dirname, '..', '..', 'dist');

export type Variables = Readonly<Record<string, string>>;

/** How a service process ended: its exit code, or the signal that ended it. */
export type ProcessEnding = number | NodeJS.Signals;

export interface ServiceOptions {
  readonly env: Variables;
  /** Modules loaded before the service's own, to make it misbehave: absolute paths. */
  readonly preload?: readonly string[];
  /** Flags of Node, as operators start it with. */
  readonly flags?: readonly string[];
  /** Another build to start it from, as in `dist`; absent for this project's own. */
  readonly build?: string;
}

/** A real service process of the built project. */
export interface TestService {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  /** What it has written to stdout and stderr so far; the last 2,000 lines. */
  readonly log: readonly string[];
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<ProcessEnding>;
  /** Resolves at the next log line that the pattern matches. */
  nextLine(pattern: RegExp): Promise<string>;
  /** SIGTERM: the service drains. May be called twice. */
  stop(): Promise<ProcessEnding>;
  /** SIGKILL. May be called twice. */
  kill(): Promise<ProcessEnding>;
}

const rememberedLines = 2_000;

/**
 * Starts `dist/apps/<name>` and resolves when it says that it is ready. `npm test` builds first; a test run by hand
 * needs `node apps/cli/bin/ensure-ready.mjs build`.
 */
export async function startService(name: string, options: ServiceOptions): Promise<TestService> {
  const module = join(options.build ?? builtFolder, 'apps', name, 'src', 'main.js');
  if (!existsSync(module)) {
    throw new Error(`The ${name} service is not built; run "node apps/cli/bin/ensure-ready.mjs build" first.`);
  }
  const child = fork(module, [], {
    env: { ...process.env, WAYBILL_LOG_FORMAT: 'json', ...options.env },
    execArgv: [
      '--enable-source-maps',
      ...(options.flags ?? []),
      ...(options.preload ?? []).flatMap((path) => ['--import', path]),
    ],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lines = new LineLog(child);
  const ended = once(child, 'close').then(([code, signal]) => (signal ?? code) as ProcessEnding);
  const url = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: { type?: string; url?: string }) => {
      if (message.type === 'ready' && message.url) resolve(message.url);
    });
    void ended.then((ending) =>
      reject(new Error(`The ${name} service ended with ${ending} before it was ready:\n${lines.tail()}`)),
    );
  });
  const end = (signal: NodeJS.Signals): Promise<ProcessEnding> => {
    child.kill(signal);
    return ended;
  };
  return {
    name,
    url,
    pid: child.pid ?? -1,
    log: lines.all,
    ended,
    nextLine: (pattern) => lines.next(pattern),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

class LineLog {
  readonly all: string[] = [];
  private waiting: { pattern: RegExp; resolve: (line: string) => void }[] = [];

  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.add(line));
    }
  }

  next(pattern: RegExp): Promise<string> {
    return new Promise((resolve) => this.waiting.push({ pattern, resolve }));
  }

  tail(): string {
    return this.all.slice(-30).join('\n');
  }

  private add(line: string): void {
    this.all.push(line);
    if (this.all.length > rememberedLines) this.all.shift();
    const heard = this.waiting.filter(({ pattern }) => pattern.test(line));
    this.waiting = this.waiting.filter((waiter) => !heard.includes(waiter));
    for (const { resolve } of heard) resolve(line);
  }
}
