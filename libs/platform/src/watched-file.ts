import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { ConfigurationError } from './config.js';

/** Who is told what became of a new version of the file. */
export interface FileLog {
  info(sentence: string): void;
  error(sentence: string): void;
}

/** A file that an operator may replace while services run. */
export interface FileSource<Value> {
  /** What it holds, for sentences: `routing policy`. */
  readonly name: string;
  /** The variable that names it. */
  readonly variable: string;
  /** @throws whatever is wrong with the text, as a sentence */
  parse(text: string): Value | Promise<Value>;
}

/** How often the file is looked at: mounted files change without an event. */
const lookEveryMs = 2_000;

/** A file's value, read again whenever the file changes. A version that cannot be used is refused, and the last good one stays. */
export class WatchedFile<Value> {
  protected constructor(
    private readonly path: string | undefined,
    private value: Value,
    private readonly source: FileSource<Value>,
    private readonly log: FileLog,
  ) {
    if (path !== undefined) watchFile(path, { interval: lookEveryMs, persistent: false }, this.reload);
  }

  get current(): Value {
    return this.value;
  }

  close(): void {
    if (this.path !== undefined) unwatchFile(this.path, this.reload);
  }

  private readonly reload = (): void => {
    const { path, source, log } = this;
    if (path === undefined) return;
    readWatched(path, source).then(
      (value) => {
        this.value = value;
        log.info(`The ${source.name} of ${path} holds from now on.`);
      },
      (error: unknown) => log.error(`${(error as Error).message} The ${source.name} that was read before stays.`),
    );
  };
}

/** @throws ConfigurationError with a sentence for each entry that is wrong */
export async function readWatched<Value>(path: string, { variable, parse }: FileSource<Value>): Promise<Value> {
  try {
    return await parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new ConfigurationError(`${path} (${variable}): ${(cause as Error).message}`, { cause });
  }
}
