import { timingSafeEqual } from 'node:crypto';
import type { Scope, Tenant } from '@waybill/contracts';
import type { Clock } from '@waybill/jobs';
import { AccessRefusal } from './access-refusal.js';
import { digestOfKey, idOfKey, prefixOfKey } from './api-key.js';
import type { Caller, Presented, TokenVerifier } from './caller.js';
import type { KeyRing } from './key-ring.js';

export interface AuthenticatorOptions {
  readonly keys: KeyRing;
  readonly tokens?: TokenVerifier | undefined;
  /** Whose admins may act for other tenants; nobody's when absent. */
  readonly operatorTenant?: Tenant | undefined;
  readonly clock: Clock;
}

const unknown = 'The credential is not known here, or not any more; check the API key or token that you send.';

/** Finds out who makes a request. */
export class Authenticator {
  constructor(private readonly options: AuthenticatorOptions) {}

  /** @throws AccessRefusal `missing`, `invalid`, `tenant` or `unavailable` */
  async authenticate({ authorization, tenant }: Presented): Promise<Caller> {
    const known = await this.callerOf(credentialIn(authorization));
    const isOperator = known.tenant === this.options.operatorTenant && known.scopes.includes('admin');
    const caller = isOperator ? { ...known, isOperator } : known;
    if (tenant === undefined || tenant === caller.tenant) return caller;
    if (isOperator) return { ...caller, tenant };
    throw new AccessRefusal(
      'tenant',
      'The credential does not speak for the tenant that the request names; leave the name out.',
    );
  }

  private async callerOf(credential: string): Promise<Caller> {
    const id = idOfKey(credential);
    if (id !== undefined) return await this.callerOfKey(id, credential);
    const { tokens } = this.options;
    if (tokens && credential.split('.').length === 3) return await tokens.verify(credential);
    throw new AccessRefusal('invalid', unknown);
  }

  /** Only whoever has the whole key is told that it has ended. */
  private async callerOfKey(id: string, text: string): Promise<Caller> {
    const { keys, clock } = this.options;
    const key = await keys.find(id);
    if (!key || !timingSafeEqual(key.digest, digestOfKey(text))) throw new AccessRefusal('invalid', unknown);
    if (key.revokedAt) throw new AccessRefusal('invalid', `The API key ${prefixOfKey(id)} was revoked; use another.`);
    if (key.expiresAt && key.expiresAt <= clock.now()) {
      throw new AccessRefusal('invalid', `The API key ${prefixOfKey(id)} has expired; use another.`);
    }
    keys.noteUse(id);
    return { tenant: key.tenant, scopes: key.scopes, credential: prefixOfKey(id) };
  }
}

/** @throws AccessRefusal `scope` when the caller lacks it */
export function requireScope({ scopes }: Caller, scope: Scope): void {
  if (scopes.includes(scope)) return;
  throw new AccessRefusal('scope', `The credential has no scope "${scope}"; use one that has.`);
}

/** The word after `Bearer`. @throws AccessRefusal `missing` */
function credentialIn(authorization: string | undefined): string {
  const credential = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  if (credential !== undefined) return credential;
  throw new AccessRefusal('missing', 'Send an API key or a token as "Authorization: Bearer …".');
}
