import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseRequestLimits, type RequestLimits } from '@waybill/identity';
import { ConfigurationError } from '@waybill/platform';
import type { Logger } from 'pino';

/** How often the file is looked at: mounted files change without an event. */
const lookEveryMs = 2_000;
const unlimited: RequestLimits = { version: 1, default: {}, tenants: {} };

/** The limits of a file, read again whenever that changes; a version that cannot be used leaves the last good one. */
export class WatchedLimits {
  private constructor(
    private readonly path: string | undefined,
    private limits: RequestLimits,
    private readonly log: Logger,
  ) {}

  /** Without a path, no limits. @throws ConfigurationError with a sentence for each entry that is wrong. */
  static async open(path: string | undefined, log: Logger): Promise<WatchedLimits> {
    if (path === undefined) return new WatchedLimits(undefined, unlimited, log);
    const watched = new WatchedLimits(path, await readLimits(path), log);
    watchFile(path, { interval: lookEveryMs, persistent: false }, watched.reload);
    return watched;
  }

  get current(): RequestLimits {
    return this.limits;
  }

  close(): void {
    if (this.path !== undefined) unwatchFile(this.path, this.reload);
  }

  private readonly reload = (): void => {
    const { path, log } = this;
    if (path === undefined) return;
    readLimits(path).then(
      (limits) => {
        this.limits = limits;
        log.info(`The limits of ${path} hold from now on.`);
      },
      (error: unknown) => log.error(`${(error as Error).message} The limits that were read before stay.`),
    );
  };
}

/** @throws ConfigurationError */
async function readLimits(path: string): Promise<RequestLimits> {
  const { parse } = await import('yaml');
  try {
    return parseRequestLimits(parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new ConfigurationError(`${path} (WAYBILL_LIMITS): ${(cause as Error).message}`, { cause });
  }
}
