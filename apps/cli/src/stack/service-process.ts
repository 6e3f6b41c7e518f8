import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { ServiceName } from '@waybill/contracts';
import { retryDelayMs, type RetryPolicy } from '@waybill/jobs';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';
import { lastLinesOf } from './last-lines-of.js';

export interface ServiceSpecification {
  readonly name: ServiceName;
  readonly modulePath: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Of Node itself. */
  readonly nodeFlags?: readonly string[];
  /** Where its log goes: a file, or the terminal. */
  readonly log: { readonly path: string } | 'inherit';
  /** How long a stopping service may drain before it is killed. */
  readonly drainMs: number;
  /** Called with a sentence when the service stops by itself and when it is back. */
  readonly report: (sentence: string) => void;
}

export interface RunningService {
  readonly url: string;
  readonly pid: number;
}

/** A service that crashes again and again is tried at longer and longer intervals; a minute of health forgives. */
const restartPolicy: RetryPolicy = { baseMs: 500, maxMs: 30_000, factor: 2, jitter: 0.2 };
const healthyAfterMs = 60_000;
const killGraceMs = 5_000;

/**
 * One service as a child process in its own process group, so that Ctrl-C in a terminal reaches this process only and
 * the order of stopping stays ours. Started once, kept running until `stop`, which may be called twice and waits.
 */
export class ServiceProcess {
  #child: ChildProcess | undefined;
  #running: RunningService | undefined;
  #exited: Promise<void> = Promise.resolve();
  #stopping: Promise<void> | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #crashes = 0;

  constructor(private readonly specification: ServiceSpecification) {}

  get running(): RunningService | undefined {
    return this.#running;
  }

  /** Resolves when the service has said that it is ready. @throws CliError when it ends before that. */
  async start(): Promise<RunningService> {
    const { name } = this.specification;
    try {
      return await this.#launch();
    } catch (error) {
      throw await this.#startRefusal(name, error as Error);
    }
  }

  /** SIGTERM, so that it drains; SIGKILL when it has not ended in time. */
  stop(): Promise<void> {
    this.#stopping ??= this.#end();
    return this.#stopping;
  }

  /** Ends it at once, without draining. */
  kill(): Promise<void> {
    const stopped = this.stop();
    this.#child?.kill('SIGKILL');
    return stopped;
  }

  async #end(): Promise<void> {
    clearTimeout(this.#restartTimer);
    if (this.#child === undefined) return;
    this.#child.kill('SIGTERM');
    const patience = setTimeout(() => this.#child?.kill('SIGKILL'), this.specification.drainMs + killGraceMs);
    await this.#exited;
    clearTimeout(patience);
  }

  /** A service that refuses to start says why in its last line; one that broke leaves its log. */
  async #startRefusal(name: ServiceName, error: Error): Promise<CliError> {
    const { log } = this.specification;
    const exitCode = this.#child?.exitCode ?? undefined;
    const refused = exitCode === exitCodes.configuration || exitCode === exitCodes.unavailable;
    const lines = log === 'inherit' ? '' : await lastLinesOf(log.path, refused ? 1 : 12);
    const story = log === 'inherit' || lines === '' ? '' : `\n${lines}\n(${log.path})`;
    const why = refused && lines !== '' ? lines : `${error.message}${story}`;
    const code = refused ? exitCode : exitCodes.bug;
    return new CliError(code, `The ${name} service did not start: ${why}`, { cause: error });
  }

  #launch(): Promise<RunningService> {
    const { modulePath, environment, log, nodeFlags = [] } = this.specification;
    const output = log === 'inherit' ? ('inherit' as const) : openSync(log.path, 'a', 0o600);
    const child = fork(modulePath, [], {
      // glibc gives every thread a heap of its own; threads that are replaced leave theirs behind.
      env: { MALLOC_ARENA_MAX: '2', ...environment },
      execArgv: [...nodeFlags],
      detached: true,
      stdio: ['ignore', output, output, 'ipc'],
    });
    if (typeof output === 'number') closeSync(output);
    this.#child = child;
    this.#exited = new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    return new Promise((resolve, reject) => {
      const startedAtMs = Date.now();
      child.on('message', (message) => {
        const url = readyUrlOf(message);
        if (url === undefined || child.pid === undefined) return;
        this.#running = { url, pid: child.pid };
        resolve(this.#running);
      });
      child.once('error', (error) => reject(error));
      child.once('exit', (code, signal) => {
        const how = signal === null ? `it ended with code ${code ?? 'unknown'}` : `it was ended by ${signal}`;
        reject(new Error(`${how}.`));
        const wasRunning = this.#running !== undefined;
        this.#running = undefined;
        if (wasRunning && this.#stopping === undefined) this.#restartAfterCrash(how, Date.now() - startedAtMs);
      });
    });
  }

  #restartAfterCrash(how: string, livedMs: number): void {
    const { name, report } = this.specification;
    this.#crashes = livedMs > healthyAfterMs ? 1 : this.#crashes + 1;
    const delayMs = retryDelayMs(this.#crashes, restartPolicy, Math.random());
    report(`The ${name} service stopped: ${how}. Starting it again in ${(delayMs / 1_000).toFixed(1)} s.`);
    this.#restartTimer = setTimeout(() => {
      this.#launch().then(
        () => report(`The ${name} service is back.`),
        (error: Error) => {
          if (this.#stopping === undefined) this.#restartAfterCrash(error.message.replace(/\.$/, ''), 0);
        },
      );
    }, delayMs);
  }
}

function readyUrlOf(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, url } = message as Record<string, unknown>;
  return type === 'ready' && typeof url === 'string' ? url : undefined;
}
