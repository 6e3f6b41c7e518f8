import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseGuardrailPolicy, shippedGuardrailPolicy, type GuardrailPolicy } from '@waybill/guardrails';
import { ConfigurationError } from '@waybill/platform';
import { parse } from 'yaml';

/** Who is told what became of a new version of the file. */
export interface GuardrailLog {
  info(sentence: string): void;
  error(sentence: string): void;
}

/** How often the file is looked at: mounted files change without an event. */
const lookEveryMs = 2_000;

/** The guardrail policy of a file, read again whenever that changes; a version that cannot be used leaves the last good one. */
export class WatchedGuardrails {
  private constructor(
    private readonly path: string | undefined,
    private policy: GuardrailPolicy,
    private readonly log: GuardrailLog,
  ) {}

  /** Without a path, the policy of the release. @throws ConfigurationError with a sentence for each entry that is wrong. */
  static async open(path: string | undefined, log: GuardrailLog): Promise<WatchedGuardrails> {
    if (path === undefined) return new WatchedGuardrails(undefined, shippedGuardrailPolicy, log);
    const watched = new WatchedGuardrails(path, await readPolicy(path), log);
    watchFile(path, { interval: lookEveryMs, persistent: false }, watched.reload);
    return watched;
  }

  get current(): GuardrailPolicy {
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
        log.info(`The guardrail policy of ${path} holds from now on.`);
      },
      (error: unknown) => log.error(`${(error as Error).message} The policy that was read before stays.`),
    );
  };
}

/** @throws ConfigurationError */
async function readPolicy(path: string): Promise<GuardrailPolicy> {
  try {
    return parseGuardrailPolicy(parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new ConfigurationError(`${path} (WAYBILL_GUARDRAILS): ${(cause as Error).message}`, { cause });
  }
}
