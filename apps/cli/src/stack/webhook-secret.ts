import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The secret that signs this stack's webhooks (Standard Webhooks: `whsec_` and 32 random bytes in base64). Made once
 * and kept in the data folder, readable by its owner only, so that receivers need not change it at every start.
 */
export async function webhookSecretOf(folder: string): Promise<string> {
  const path = join(folder, 'webhook-secret');
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  if (kept !== undefined && /^whsec_[A-Za-z0-9+/=]{32,}$/.test(kept.trim())) return kept.trim();
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  await writeFile(path, `${secret}\n`, { mode: 0o600 });
  return secret;
}
