import { readFile } from 'node:fs/promises';
import { unwatchFile, watchFile } from 'node:fs';
import { parsePolicy, shippedPolicy, type RoutingPolicy } from '@waybill/llm-routing';
import { ConfigurationError } from '@waybill/platform';
import { parse } from 'yaml';

/** Who is told what became of a new version of the file. */
export interface PolicyLog {
  info(sentence: string): void;
  error(sentence: string): void;
}

/** How often the file is looked at: mounted files change without an event. */
const lookEveryMs = 2_000;

/** The routing policy of a file, read again whenever that changes. A version that cannot be used is refused, and the last good one stays. */
export class WatchedPolicy {
  private constructor(
    private readonly path: string | undefined,
    private policy: RoutingPolicy,
    private readonly log: PolicyLog,
  ) {}

  /** Without a path, the policy of the release. @throws ConfigurationError with a sentence for each entry that is wrong. */
  static async open(path: string | undefined, log: PolicyLog): Promise<WatchedPolicy> {
    if (path === undefined) return new WatchedPolicy(undefined, shippedPolicy, log);
    const policy = new WatchedPolicy(path, await readPolicy(path), log);
    watchFile(path, { interval: lookEveryMs, persistent: false }, policy.reload);
    return policy;
  }

  get current(): RoutingPolicy {
    return this.policy;
  }

  close(): void {
    if (this.path !== undefined) unwatchFile(this.path, this.reload);
  }

  private readonly reload = (): void => {
    const { path, log } = this;
    if (path === undefined) return;
    readPolicy(path).then(
      (policy) => {
        this.policy = policy;
        log.info(`The routing policy of ${path} holds from now on.`);
      },
      (error: unknown) => log.error(`${(error as Error).message} The policy that was read before stays.`),
    );
  };
}

/** @throws ConfigurationError */
async function readPolicy(path: string): Promise<RoutingPolicy> {
  try {
    return parsePolicy(parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new ConfigurationError(`${path} (WAYBILL_POLICY): ${(cause as Error).message}`, { cause });
  }
}
