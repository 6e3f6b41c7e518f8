import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { idOfKey } from '@waybill/identity';

export const stackKeyPath = (folder: string): string => join(folder, 'api-key');

/** The key that a stack has left in its data folder, if any. */
export async function readStackKey(folder: string): Promise<string | undefined> {
  const text = (await readFile(stackKeyPath(folder), 'utf8').catch(() => '')).trim();
  return idOfKey(text) === undefined ? undefined : text;
}
