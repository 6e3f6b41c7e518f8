import { createHash } from 'node:crypto';
import { scopes, tenantSchema, type Scope } from '@waybill/contracts';
import { AccessRefusal, type Caller, type TokenVerifier } from '@waybill/identity';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

export interface JwksVerifierOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly tenantClaim: string;
  /** Found by OpenID discovery when absent. */
  readonly jwksUrl?: string | undefined;
}

/** Signatures that need the issuer's private key: with a shared secret, whoever can check could also sign. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const clockTolerance = '30 s';
const cooldownMs = 30_000;
const timeoutMs = 5_000;
const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });
const retryAfterMs = 5_000;

/** Checks JWTs by the keys that their issuer publishes. */
export class JwksVerifier implements TokenVerifier {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(private readonly options: JwksVerifierOptions) {}

  async verify(token: string): Promise<Caller> {
    const { issuer, audience, tenantClaim } = this.options;
    const keys = await this.issuerKeys();
    try {
      const required = ['exp', 'iss', 'aud', tenantClaim];
      const checks = { issuer, audience, algorithms, clockTolerance, requiredClaims: required };
      return this.callerOf((await jwtVerify(token, keys, checks)).payload);
    } catch (error) {
      throw refusalOf(error);
    }
  }

  private callerOf(payload: JWTPayload): Caller {
    const tenant = tenantSchema.safeParse(payload[this.options.tenantClaim]);
    if (!tenant.success) {
      throw new AccessRefusal('invalid', `The token's claim ${this.options.tenantClaim} is not a tenant's name.`);
    }
    const subject = `${payload.iss ?? ''}\n${payload.sub ?? ''}`;
    const credential = `token:${createHash('sha256').update(subject).digest('hex').slice(0, 16)}`;
    return { tenant: tenant.data, scopes: scopesOf(payload), credential };
  }

  /** The issuer is asked at the first token, not at start: it may be away then. */
  private async issuerKeys(): Promise<JWTVerifyGetKey> {
    this.keys ??= this.locateKeys();
    try {
      return await this.keys;
    } catch (error) {
      this.keys = undefined;
      throw refusalOf(error);
    }
  }

  private async locateKeys(): Promise<JWTVerifyGetKey> {
    const url = this.options.jwksUrl ?? (await this.discover());
    return createRemoteJWKSet(new URL(url), { cooldownDuration: cooldownMs, timeoutDuration: timeoutMs });
  }

  private async discover(): Promise<string> {
    const place = `${this.options.issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
    const answer = await fetch(place, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    const { issuer, jwks_uri: url } = discoverySchema.parse(await answer.json());
    if (issuer === this.options.issuer) return url;
    throw new Error(`${place} speaks of another issuer.`);
  }
}

/** `scope` is one string of words by OAuth, `scp` a list with some issuers. Other words mean something elsewhere. */
function scopesOf({ scope, scp }: JWTPayload): Scope[] {
  const given = typeof scope === 'string' ? scope.split(' ') : Array.isArray(scp) ? scp : [scp];
  return scopes.filter((each) => given.includes(each) || given.includes(`waybill:${each}`));
}

/** A token that is not good is the caller's affair, everything else the issuer's. */
function refusalOf(error: unknown): AccessRefusal {
  if (error instanceof AccessRefusal) return error;
  if (error instanceof errors.JWTExpired) return new AccessRefusal('invalid', 'The token has expired; get a new one.');
  const isOfToken =
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys;
  if (isOfToken)
    return new AccessRefusal(
      'invalid',
      'The token is not good here: signature, issuer, audience and claims must be right.',
    );
  return new AccessRefusal('unavailable', 'The issuer of tokens does not answer; ask again shortly.', retryAfterMs);
}
