import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';
import { storyOf } from '../results/job-stories.js';
import { startGuarded, type GuardedServices } from './start-guarded.js';

/** An identity provider: discovery, keys, and tokens signed with any of its keys. */
class Issuer {
  readonly keys = new Map<string, CryptoKey>();
  private published: object[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const documents: Record<string, object> = {
        '/.well-known/openid-configuration': { issuer: this.url, jwks_uri: `${this.url}/keys` },
        '/keys': { keys: this.published },
      };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(documents[request.url ?? ''] ?? {}));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.published = [await this.make('first')];
  }

  /** Makes a key; it is good when it is published. */
  async make(kid: string): Promise<object> {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    this.keys.set(kid, privateKey);
    return { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' };
  }

  token(claims: JWTPayload & Record<string, unknown>, kid = 'first'): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const usual = {
      iss: this.url,
      aud: 'waybill',
      sub: 'somebody',
      exp: now + 300,
      waybill_tenant: 'acme',
      scope: 'read',
    };
    return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: 'ES256', kid }).sign(this.keys.get(kid)!);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

const issuer = new Issuer();
let services: GuardedServices;

beforeAll(async () => {
  await issuer.start();
  services = await startGuarded({ WAYBILL_OIDC_ISSUER: issuer.url, WAYBILL_OIDC_AUDIENCE: 'waybill' });
  await services.results.append(storyOf('theirs', { tenant: 'acme' }));
});
afterAll(async () => {
  await services.stop();
  issuer.stop();
});

const statusOf = async (token: string, path = '/v1/jobs/theirs'): Promise<number> =>
  (await services.ask(path, token)).status;

describe('a token', () => {
  it('opens what its tenant and scopes open, and nothing else', async () => {
    expect(await statusOf(await issuer.token({}))).toBe(200);
    expect(await statusOf(await issuer.token({ scope: 'openid waybill:read' }))).toBe(200);
    expect(await statusOf(await issuer.token({ scope: undefined, scp: ['read'] }))).toBe(200);
    expect(await statusOf(await issuer.token({ waybill_tenant: 'beta' }))).toBe(404);
    expect(await statusOf(await issuer.token({ scope: 'submit' }))).toBe(403);
    expect(await statusOf(await issuer.token({ scope: 'openid' }))).toBe(403);
    expect(await statusOf(await issuer.token({}), '/v1/dead-letters')).toBe(403);
  });

  it.each<[string, Record<string, unknown>]>([
    ['of another issuer', { iss: 'https://elsewhere.example' }],
    ['for another audience', { aud: 'somebody-else' }],
    ['without an audience', { aud: undefined }],
    ['that has ended', { exp: Math.floor(Date.now() / 1_000) - 60 }],
    ['without an end', { exp: undefined }],
    ['that begins later', { nbf: Math.floor(Date.now() / 1_000) + 600 }],
    ['without a tenant', { waybill_tenant: undefined }],
    ['whose tenant is not a name', { waybill_tenant: 'Acme.*' }],
    ['whose tenant is a list', { waybill_tenant: ['acme'] }],
  ])('%s is refused', async (_, claims) => {
    expect(await statusOf(await issuer.token(claims))).toBe(401);
  });

  it('is refused without a signature, with a shared secret, with a foreign key, and when it was changed', async () => {
    const claims = { iss: issuer.url, aud: 'waybill', waybill_tenant: 'acme', scope: 'read' };
    const unsigned = new UnsecuredJWT(claims).setExpirationTime('5m').encode();
    const shared = new SignJWT(claims).setExpirationTime('5m').setProtectedHeader({ alg: 'HS256', kid: 'first' });
    const token = await issuer.token({});
    const [head, , signature] = token.split('.');
    const other = Buffer.from(JSON.stringify({ ...claims, exp: 9_999_999_999, waybill_tenant: 'beta' })).toString(
      'base64url',
    );
    await issuer.make('unpublished');
    for (const wrong of [
      unsigned,
      await shared.sign(Buffer.from('0123456789abcdef0123456789abcdef')),
      await issuer.token({}, 'unpublished'),
      `${head}.${other}.${signature}`,
      `${token}x`,
    ]) {
      expect(await statusOf(wrong)).toBe(401);
    }
  });

  it('may be the operator’s', async () => {
    const crossing = { headers: { 'waybill-tenant': 'acme' } };
    const admin = await issuer.token({ waybill_tenant: 'operator', scope: 'read admin' });
    const reader = await issuer.token({ waybill_tenant: 'operator' });
    expect((await services.ask('/v1/jobs/theirs', admin, crossing)).status).toBe(200);
    expect((await services.ask('/v1/jobs/theirs', reader, crossing)).status).toBe(403);
  });
});
