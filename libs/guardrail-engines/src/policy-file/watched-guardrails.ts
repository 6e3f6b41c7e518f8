import { parseGuardrailPolicy, shippedGuardrailPolicy, type GuardrailPolicy } from '@waybill/guardrails';
import { readWatched, WatchedFile, type FileLog, type FileSource } from '@waybill/platform';

const source: FileSource<GuardrailPolicy> = {
  name: 'guardrail policy',
  variable: 'WAYBILL_GUARDRAILS',
  parse: async (text) => parseGuardrailPolicy((await import('yaml')).parse(text)),
};

/** The guardrail policy of a file, read again whenever that changes. */
export class WatchedGuardrails extends WatchedFile<GuardrailPolicy> {
  /** Without a path, the policy of the release. @throws ConfigurationError with a sentence for each entry that is wrong. */
  static async open(path: string | undefined, log: FileLog): Promise<WatchedGuardrails> {
    const policy = path === undefined ? shippedGuardrailPolicy : await readWatched(path, source);
    return new WatchedGuardrails(path, policy, source, log);
  }
}
