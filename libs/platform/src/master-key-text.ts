import { readFile } from 'node:fs/promises';
import { ConfigurationError, type Environment } from './config.js';

/** The master keys as they are written; undefined when there are none. @throws ConfigurationError */
export async function masterKeyText(
  environment: Pick<Environment, 'WAYBILL_MASTER_KEY' | 'WAYBILL_MASTER_KEY_FILE'>,
): Promise<string | undefined> {
  const { WAYBILL_MASTER_KEY: text, WAYBILL_MASTER_KEY_FILE: path } = environment;
  if (path === undefined) return text;
  return await readFile(path, 'utf8').catch((error: unknown) => {
    throw new ConfigurationError(`WAYBILL_MASTER_KEY_FILE cannot be read (${(error as Error).message}); correct it.`);
  });
}
