import { parsePolicy, shippedPolicy, type RoutingPolicy } from '@waybill/llm-routing';
import { readWatched, WatchedFile, type FileLog, type FileSource } from '@waybill/platform';

const source: FileSource<RoutingPolicy> = {
  name: 'routing policy',
  variable: 'WAYBILL_POLICY',
  // Brought in by whoever has a file: the policy of the release needs no YAML.
  parse: async (text) => parsePolicy((await import('yaml')).parse(text)),
};

/** The routing policy of a file, read again whenever that changes. */
export class WatchedPolicy extends WatchedFile<RoutingPolicy> {
  /** Without a path, the policy of the release. @throws ConfigurationError with a sentence for each entry that is wrong. */
  static async open(path: string | undefined, log: FileLog): Promise<WatchedPolicy> {
    return new WatchedPolicy(path, path === undefined ? shippedPolicy : await readWatched(path, source), source, log);
  }
}
