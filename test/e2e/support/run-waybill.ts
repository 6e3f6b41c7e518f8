import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const projectFolder = join(import.meta.dirname, '..', '..', '..');
const main = join(projectFolder, 'dist', 'apps', 'cli', 'src', 'main.js');

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** The command line as a process of its own, as a user runs it. */
export interface RunningWaybill {
  readonly process: ChildProcess;
  /** Resolves at the first match in what it writes to stdout and stderr, also in what it has written already. */
  seen(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ending>;
}

export interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `waybill` without servers of the test's surroundings, unless they are named. */
export const startWaybill = (parameters: readonly string[], options?: RunOptions): RunningWaybill =>
  startProgram([process.execPath, '--enable-source-maps', main], parameters, options);

/** The same as the README has it, through npm and its shell; `process` is npm's. */
export const startWaybillByNpm = (parameters: readonly string[]): RunningWaybill =>
  startProgram(['npm', 'run', 'waybill', '--'], parameters, { cwd: projectFolder });

function startProgram(
  [file = '', ...before]: readonly string[],
  parameters: readonly string[],
  options: RunOptions = {},
): RunningWaybill {
  const { NATS_URL: _nats, DATABASE_URL: _database, ...surroundings } = process.env;
  const child = spawn(file, [...before, ...parameters], {
    env: { ...surroundings, NO_COLOR: '1', ...options.env },
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  const waiting: { pattern: RegExp; resolve: (match: RegExpExecArray) => void }[] = [];
  const notice = (): void => {
    for (const [index, waiter] of [...waiting.entries()].reverse()) {
      const match = waiter.pattern.exec(`${written.stdout}\n${written.stderr}`);
      if (match === null) continue;
      waiting.splice(index, 1);
      waiter.resolve(match);
    }
  };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
      notice();
    });
  }
  const ended = once(child, 'close').then(([code]): Ending => ({ code: code as number | null, ...written }));
  const endedEarly = ended.then((ending) => {
    throw new Error(`waybill ${parameters.join(' ')} ended with ${ending.code}:\n${ending.stdout}\n${ending.stderr}`);
  });
  endedEarly.catch(() => undefined);
  return {
    process: child,
    ended,
    seen: (pattern) => {
      const found = new Promise<RegExpExecArray>((resolve) => waiting.push({ pattern, resolve }));
      notice();
      return Promise.race([found, endedEarly]);
    },
  };
}

/** Runs `waybill` to its end. */
export const runWaybill = (parameters: readonly string[], options?: RunOptions): Promise<Ending> =>
  startWaybill(parameters, options).ended;
