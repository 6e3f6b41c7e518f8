import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApiClient } from './api/api-client.js';
import { CliError } from './cli-error.js';
import { exitCodes } from './exit-code.js';
import { Interruption } from './interruption.js';
import { runningStack } from './stack/running-stack.js';
import { readStackKey } from './stack/read-stack-key.js';
import { Terminal, type TextStream } from './terminal/terminal.js';

/** What surrounds the process: passed in, so that tests can be somewhere else. */
export interface Host {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
}

/** The options that every command has. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly url?: string;
  readonly data?: string;
  readonly tenant?: string;
}

/** The repository's root: this file runs as dist/apps/cli/src/session.js, and from apps/cli/src under test. */
export const projectFolder = findProjectFolder();

/** One run of one command: where it writes, where it looks, whom it talks to. */
export class Session {
  readonly terminal: Terminal;
  readonly interruption = new Interruption();
  readonly #clients: ApiClient[] = [];

  constructor(
    readonly host: Host,
    private readonly options: GlobalOptions,
  ) {
    this.terminal = new Terminal({
      stdout: host.stdout,
      stderr: host.stderr,
      environment: host.environment,
      format: options.json === true ? 'json' : 'text',
    });
  }

  /** Paths are meant from where the user stands: npm changes to the project's folder and keeps theirs in INIT_CWD. */
  resolvePath(path: string): string {
    const { environment, workingFolder } = this.host;
    const byNpm = environment.INIT_CWD !== undefined && workingFolder === projectFolder;
    return resolve(byNpm ? (environment.INIT_CWD ?? workingFolder) : workingFolder, path);
  }

  /** The data folder of the embedded stack: `--data`, or the named one in the project. */
  dataFolder(name: 'data' | 'demo' = 'data'): string {
    return this.options.data === undefined
      ? join(projectFolder, '.waybill', name)
      : this.resolvePath(this.options.data);
  }

  /** How this user starts the CLI, for sentences that tell them to. */
  commandLine(rest: string): string {
    return this.host.environment.npm_lifecycle_event === undefined ? `waybill ${rest}` : `npm run waybill -- ${rest}`;
  }

  /** The API of `--url`, else WAYBILL_URL, else the stack that runs on the data folder. */
  async client(): Promise<ApiClient> {
    const named = this.options.url ?? (this.host.environment.WAYBILL_URL || undefined);
    const running = await runningStack(this.dataFolder());
    const url = named ?? running?.url;
    if (url === undefined) {
      throw new CliError(
        exitCodes.unavailable,
        `No Waybill stack runs on ${this.dataFolder()}; start one with \`${this.commandLine('up')}\`, or name an address with --url or WAYBILL_URL.`,
      );
    }
    const isOurs = running !== undefined && sameAddress(url, running.url);
    return this.clientOf(url, isOurs ? await readStackKey(this.dataFolder()) : undefined);
  }

  /** @param ownKey the key of a stack on this machine; WAYBILL_API_KEY wins */
  clientOf(url: string, ownKey?: string): ApiClient {
    if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url)) {
      throw new CliError(exitCodes.usage, `${url} is not a web address; write it like http://127.0.0.1:8080.`);
    }
    const client = new ApiClient(url, {
      apiKey: this.host.environment.WAYBILL_API_KEY || ownKey,
      tenant: this.options.tenant,
    });
    this.#clients.push(client);
    return client;
  }

  async close(): Promise<void> {
    this.interruption.dispose();
    await Promise.all(this.#clients.map((client) => client.close()));
  }
}

const sameAddress = (one: string, other: string): boolean => one.replace(/\/+$/, '') === other.replace(/\/+$/, '');

function findProjectFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const inDist = /^(.*)[\\/]dist[\\/]apps[\\/]cli[\\/]src$/.exec(here);
  return inDist?.[1] ?? resolve(here, '../../..');
}
