import { createHash } from 'node:crypto';
import { priorFromFile, type UsedPrior } from '@waybill/llm-routing';
import { readWatched, WatchedFile, type FileLog, type FileSource } from '@waybill/platform';

const source: FileSource<UsedPrior | undefined> = {
  name: 'routing prior',
  variable: 'WAYBILL_ROUTING_PRIOR',
  parse: (text) => ({
    prior: priorFromFile(JSON.parse(text)),
    version: `prior-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`,
  }),
};

/** What an operator has learned about prompts, read again whenever the file changes. */
export class WatchedPrior extends WatchedFile<UsedPrior | undefined> {
  /** Without a path, nothing was learned. @throws ConfigurationError with a sentence for each entry that is wrong. */
  static async open(path: string | undefined, log: FileLog): Promise<WatchedPrior> {
    return new WatchedPrior(path, path === undefined ? undefined : await readWatched(path, source), source, log);
  }
}
