import { SignJWT } from 'jose';
import { z } from 'zod';
import { parseAnswer } from '../hosted/parse-answer.js';
import { ProviderExchange } from '../hosted/provider-exchange.js';
import type { ServiceAccount } from './service-account.js';

const scope = 'https://www.googleapis.com/auth/cloud-platform';
/** A token is asked for again this long before it ends, so that none ends on its way. */
const earlyMs = 60_000;

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const refusalSchema = z.object({ error: z.string(), error_description: z.string().optional() });

/** Access tokens of a service account by OAuth 2.0 for servers (RFC 7523), one for all pages while it lasts. */
export class AccessToken {
  readonly #account: ServiceAccount;
  readonly #exchange: ProviderExchange;
  #current: { readonly token: string; readonly untilMs: number } | undefined;

  constructor(account: ServiceAccount) {
    this.#account = account;
    this.#exchange = new ProviderExchange({
      provider: 'The token server of Google',
      secrets: [],
      refusalOf: (status, json) => {
        const { data } = refusalSchema.safeParse(json);
        const detail = data && `${data.error}${data.error_description ? `: ${data.error_description}` : ''}`;
        return { ...(status === 400 ? { problem: 'access-refused' } : {}), ...(detail ? { detail } : {}) };
      },
    });
  }

  async get(signal: AbortSignal): Promise<string> {
    if (this.#current && Date.now() < this.#current.untilMs) return this.#current.token;
    const { email, key, keyId, tokenUrl } = this.#account;
    const assertion = await new SignJWT({ scope })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(keyId === undefined ? {} : { kid: keyId }) })
      .setIssuer(email)
      .setAudience(tokenUrl)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(key);
    const answer = await this.#exchange.send({
      method: 'POST',
      url: tokenUrl,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }).toString(),
      signal,
    });
    const { access_token: token, expires_in: seconds } = parseAnswer(tokenSchema, answer.json, this.#exchange);
    this.#current = { token, untilMs: Date.now() + seconds * 1_000 - earlyMs };
    return token;
  }

  /** The next page asks for a new one. */
  forget(): void {
    this.#current = undefined;
  }

  close(): Promise<void> {
    return this.#exchange.close();
  }
}
