import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mintKey } from '@waybill/identity';
import { mistyped } from '../../support/index.js';
import { storyOf } from '../results/job-stories.js';
import { startGuarded, type GuardedServices } from './start-guarded.js';

let services: GuardedServices;

beforeAll(async () => {
  services = await startGuarded();
  await services.results.append(storyOf('theirs', { tenant: 'acme' }));
});
afterAll(() => services.stop());

const statusOf = async (credential: string | undefined, headers: Record<string, string> = {}): Promise<number> =>
  (await services.ask('/v1/jobs/theirs', credential, { headers })).status;

describe('an API key', () => {
  it('opens its tenant’s jobs, by the front door and at results itself', async () => {
    const { text } = await services.key('acme');
    expect(await statusOf(text)).toBe(200);
    const direct = await fetch(`${services.results.url}/v1/jobs/theirs`, {
      headers: { authorization: `Bearer ${text}` },
    });
    expect(direct.status).toBe(200);
  });

  it('is not known when it is made up, cut short, or has another secret', async () => {
    const { text } = await services.key('acme');
    for (const wrong of [mintKey().text, text.slice(0, -1), mistyped(text), `${text}0`, 'any', 'a.b.c']) {
      const answer = await services.ask('/v1/jobs/theirs', wrong);
      expect({ wrong, status: answer.status }).toEqual({ wrong, status: 401 });
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
    expect(await statusOf(undefined)).toBe(401);
  });

  it('ends when it is revoked, in every service that had taken it before', async () => {
    const { id, text } = await services.key('acme');
    expect(await statusOf(text)).toBe(200);
    await services.book.revoke(id, new Date());
    await until(async () => (await statusOf(text)) === 401);
    expect(await (await services.ask('/v1/jobs/theirs', text)).json()).toMatchObject({
      detail: expect.stringContaining('was revoked'),
    });
  });

  it('ends when it expires, and only its owner is told', async () => {
    const { text } = await services.key('acme', ['read'], { expiresAt: new Date(Date.now() - 1_000) });
    const own = await services.ask('/v1/jobs/theirs', text);
    const guessed = await services.ask('/v1/jobs/theirs', mistyped(text));
    expect([own.status, guessed.status]).toEqual([401, 401]);
    expect(JSON.stringify(await own.json())).toContain('has expired');
    expect(JSON.stringify(await guessed.json())).not.toContain('expired');
  });

  it('goes on for the overlap when it is rotated, and not after it', async () => {
    const old = await services.key('acme');
    const { text, ...minted } = mintKey();
    const facts = { tenant: (await services.book.find(old.id))!.tenant, name: 'next', scopes: ['read'] as const };
    const successor = { ...facts, ...minted, createdAt: new Date(), rotatedFrom: old.id };
    const endsAt = new Date(Date.now() + 3_600_000);
    expect(await services.book.replace(old.id, successor, endsAt)).toBe(true);
    expect([await statusOf(old.text), await statusOf(text)]).toEqual([200, 200]);
    expect((await services.book.find(old.id))?.expiresAt).toEqual(endsAt);
    // An earlier end stays, and what has ended is not rotated.
    const again = { ...facts, ...mintKey(), createdAt: new Date() };
    expect(await services.book.replace(old.id, again, new Date(Date.now() + 7_200_000))).toBe(true);
    expect((await services.book.find(old.id))?.expiresAt).toEqual(endsAt);
    await services.book.revoke(old.id, new Date());
    expect(await services.book.replace(old.id, { ...facts, ...mintKey(), createdAt: new Date() }, endsAt)).toBe(false);
  });

  it('is kept as a digest only', async () => {
    const { text } = await services.key('acme');
    const rows = await services.database.execute<{ row: string }>('SELECT api_keys::text AS row FROM api_keys', []);
    const secret = text.slice(text.lastIndexOf('_') + 1);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ row }) => row.includes(secret) || row.includes(Buffer.from(text).toString('hex')))).toEqual(
      [],
    );
  });
});

describe('the tenant', () => {
  it('may be repeated, and is the key’s alone', async () => {
    const { text } = await services.key('acme');
    expect(await statusOf(text, { 'waybill-tenant': 'acme' })).toBe(200);
    const other = await services.ask('/v1/jobs/theirs', text, { headers: { 'waybill-tenant': 'beta' } });
    const nobody = await services.ask('/v1/jobs/theirs', text, { headers: { 'waybill-tenant': 'nobody' } });
    expect([other.status, nobody.status]).toEqual([403, 403]);
    expect(await other.json()).toEqual(await nobody.json());
  });

  it('of a submission is filled in, or has to be the key’s', async () => {
    const { text } = await services.key('beta');
    const submit = (named: object) =>
      services.ask('/v1/jobs', text, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...named, documents: [{ inline: 'aGVsbG8=' }], task: { kind: 'read' } }),
      });
    const filled = await submit({});
    const { id } = (await filled.json()) as { id: string };
    expect(filled.status).toBe(202);
    expect((await services.ask(`/v1/jobs/${id}`, text)).status).toBe(200);
    expect((await submit({ tenant: 'beta' })).status).toBe(202);
    expect((await submit({ tenant: 'acme' })).status).toBe(400);
  });

  it('is named by the operator’s admins, and by nobody else of theirs', async () => {
    const admin = await services.key('operator', ['read', 'admin']);
    const reader = await services.key('operator', ['read']);
    expect(await statusOf(admin.text, { 'waybill-tenant': 'acme' })).toBe(200);
    expect(await statusOf(admin.text)).toBe(404);
    expect(await statusOf(reader.text, { 'waybill-tenant': 'acme' })).toBe(403);
    const cancelled = { method: 'POST', headers: { 'waybill-tenant': 'acme' } };
    expect((await services.ask('/v1/jobs/theirs/cancel', admin.text, cancelled)).status).toBe(403);
  });
});

/** Asks until it is so; each question waits for an answer, and a test that never gets it is ended by its limit. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo()));
}
