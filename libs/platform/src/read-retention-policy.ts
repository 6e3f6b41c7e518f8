import { readFile } from 'node:fs/promises';
import { endlessRetention, parseRetentionPolicy, type RetentionPolicy } from '@waybill/jobs';
import { ConfigurationError } from './config.js';

/** The policy of a YAML or JSON file; without a path one that keeps everything. @throws ConfigurationError */
export async function readRetentionPolicy(path: string | undefined): Promise<RetentionPolicy> {
  if (path === undefined) return endlessRetention;
  const { parse } = await import('yaml');
  try {
    return parseRetentionPolicy(parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new ConfigurationError(`${path} (WAYBILL_RETENTION): ${(cause as Error).message}`);
  }
}
