import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigurationError } from '@waybill/platform';
import { z } from 'zod';

const keyFileSchema = z.object({
  type: z.literal('service_account'),
  client_email: z.string(),
  private_key: z.string(),
  private_key_id: z.string().optional(),
  token_uri: z.url({ protocol: /^https?$/ }).default('https://oauth2.googleapis.com/token'),
});

/** Who asks for access tokens. The key signs; it is never sent or printed. */
export interface ServiceAccount {
  readonly email: string;
  readonly key: KeyObject;
  readonly keyId: string | undefined;
  readonly tokenUrl: string;
}

/**
 * The service account of a key file, as the console hands it out.
 * @throws ConfigurationError naming the file, and never what is in it
 */
export function readServiceAccount(path: string): ServiceAccount {
  const parsed = keyFileSchema.safeParse(contentOf(path));
  const key = parsed.success ? keyOf(parsed.data.private_key) : undefined;
  if (!parsed.success || !key) {
    throw new ConfigurationError(
      `${path} is no key file of a service account; set WAYBILL_OCR_GOOGLE_KEY_FILE to the JSON file that the console gives.`,
    );
  }
  const { client_email: email, private_key_id: keyId, token_uri: tokenUrl } = parsed.data;
  return { email, key, keyId, tokenUrl };
}

function contentOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function keyOf(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
