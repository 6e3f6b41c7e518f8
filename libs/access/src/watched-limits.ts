import { parseRequestLimits, type RequestLimits } from '@waybill/identity';
import { readWatched, WatchedFile, type FileLog, type FileSource } from '@waybill/platform';

const source: FileSource<RequestLimits> = {
  name: 'set of limits',
  variable: 'WAYBILL_LIMITS',
  // Brought in by whoever has a file: no limits need no YAML.
  parse: async (text) => parseRequestLimits((await import('yaml')).parse(text)),
};
const unlimited: RequestLimits = { version: 1, default: {}, tenants: {} };

/** The limits of a file, read again whenever that changes. */
export class WatchedLimits extends WatchedFile<RequestLimits> {
  /** Without a path, no limits. @throws ConfigurationError with a sentence for each entry that is wrong. */
  static async open(path: string | undefined, log: FileLog): Promise<WatchedLimits> {
    return new WatchedLimits(path, path === undefined ? unlimited : await readWatched(path, source), source, log);
  }
}
