import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { tenantSchema, type DataKeyRecord, type Tenant } from '@waybill/contracts';
import { systemClock } from '@waybill/jobs';
import type { KeptRecord, KeyBook } from './key-book.js';
import { LocalMasterKeys } from './local-master-keys.js';
import { refusalOfKeys, rotateKeys } from './rotate-keys.js';
import { openMessage, sealMessage } from './sealed-message.js';
import { KeyedSealer, plainSealer } from './sealer.js';
import { TenantKeys } from './tenant-keys.js';

const [acme, beta] = ['acme', 'beta'].map((name) => tenantSchema.parse(name)) as [Tenant, Tenant];
const content = Buffer.from('Zanzibarwort');

/** What several processes see, in memory. */
class SharedBook implements KeyBook {
  readonly records = new Map<string, KeptRecord>();
  private writes = 0;

  find = async (tenant: Tenant): Promise<KeptRecord | undefined> => this.records.get(tenant);
  all = async (): Promise<KeptRecord[]> => [...this.records.values()];

  async write(record: DataKeyRecord, revision: number): Promise<boolean> {
    if ((this.records.get(record.tenant)?.revision ?? 0) !== revision) return false;
    this.records.set(record.tenant, { record, revision: ++this.writes });
    return true;
  }

  async erase(tenant: Tenant, at: Date): Promise<void> {
    this.records.set(tenant, {
      record: { version: 1, tenant, keys: [], erasedAt: at.toISOString() },
      revision: ++this.writes,
    });
  }
}

const book = (): SharedBook => new SharedBook();
const [first, second] = [randomBytes(32), randomBytes(32)];
const process = (shared: SharedBook, masters: [Uint8Array, ...Uint8Array[]] = [first]) => {
  const keys = new TenantKeys(shared, new LocalMasterKeys(masters), systemClock);
  return { keys, sealer: new KeyedSealer(keys) };
};

describe('keys of tenants', () => {
  it('are one for all processes, however many seal first at once', async () => {
    const shared = book();
    const sealed = await Promise.all(
      Array.from({ length: 8 }, () => process(shared).sealer.seal(acme, 'blob', content)),
    );
    expect(shared.records.get(acme)?.record.keys).toHaveLength(1);
    for (const bytes of sealed) {
      expect(Buffer.from(await process(shared).sealer.open(acme, 'blob', bytes)).equals(content)).toBe(true);
    }
  });

  it('of one tenant open nothing of another', async () => {
    const { sealer } = process(book());
    const sealed = await sealer.seal(acme, 'blob', content);
    await sealer.seal(beta, 'blob', content);
    await expect(sealer.open(beta, 'blob', sealed)).rejects.toThrow(/erased/);
  });

  it('wrapped for one tenant are no key of another', async () => {
    const shared = book();
    await process(shared).sealer.seal(acme, 'blob', content);
    const stolen = shared.records.get(acme) as KeptRecord;
    shared.records.set(beta, { ...stolen, record: { ...stolen.record, tenant: beta } });
    await expect(process(shared).sealer.seal(beta, 'blob', content)).rejects.toThrow(/not what the master key/);
  });

  it('go on under a new master key, and need the old one no more once they are wrapped again', async () => {
    const shared = book();
    const sealed = await process(shared, [first]).sealer.seal(acme, 'blob', content);
    const both = process(shared, [second, first]).sealer;
    expect(Buffer.from(await both.open(acme, 'blob', sealed)).equals(content)).toBe(true);
    await expect(process(shared, [second]).sealer.open(acme, 'blob', sealed)).rejects.toThrow(/master key/);

    const tools = { book: shared, masters: new LocalMasterKeys([second, first]), clock: systemClock };
    expect(await rotateKeys(tools, 'wrapping')).toBe(1);
    expect(await rotateKeys(tools, 'wrapping')).toBe(0);
    const later = process(shared, [second]).sealer;
    expect(Buffer.from(await later.open(acme, 'blob', sealed)).equals(content)).toBe(true);
    await expect(process(shared, [first]).sealer.open(acme, 'blob', sealed)).rejects.toThrow(/master key/);
  });

  it('are followed by new data keys on request, while the old ones still open what they sealed', async () => {
    const shared = book();
    const before = await process(shared).sealer.seal(acme, 'blob', content);
    await rotateKeys({ book: shared, masters: new LocalMasterKeys([first]), clock: systemClock }, 'data-keys');
    const { sealer } = process(shared);
    const after = await sealer.seal(acme, 'blob', content);
    expect(Buffer.from(after.subarray(4, 12)).equals(before.subarray(4, 12))).toBe(false);
    for (const bytes of [before, after]) expect(Buffer.from(await sealer.open(acme, 'blob', bytes))).toEqual(content);
  });

  it('that were erased open nothing, and the tenant begins with a new one', async () => {
    const shared = book();
    const { keys, sealer } = process(shared);
    const sealed = await sealer.seal(acme, 'blob', content);
    await shared.erase(acme, new Date());
    keys.forget(acme);
    await expect(sealer.open(acme, 'blob', sealed)).rejects.toThrow(/was erased/);
    const fresh = await sealer.seal(acme, 'blob', content);
    expect(Buffer.from(await sealer.open(acme, 'blob', fresh))).toEqual(content);
  });

  it('are refused at start with a sentence when the master key is another, or none', async () => {
    const shared = book();
    await process(shared, [first]).sealer.seal(acme, 'blob', content);
    const kept = await shared.all();
    expect(await refusalOfKeys(kept, new LocalMasterKeys([first]))).toBeUndefined();
    expect(await refusalOfKeys(kept, new LocalMasterKeys([second]))).toMatch(/add it to WAYBILL_MASTER_KEY/);
    expect(await refusalOfKeys(kept, undefined)).toMatch(/set WAYBILL_MASTER_KEY/);
    expect(await refusalOfKeys([], undefined)).toBeUndefined();
  });
});

describe('a sealed message', () => {
  const event = {
    version: 1,
    tenant: acme,
    jobId: 'j',
    type: 'job-finished',
    status: 'completed',
    result: { a: 'Zanzibar' },
  };

  it('keeps its outline readable and nothing else', async () => {
    const { sealer } = process(book());
    const sealed = String(await sealMessage(sealer, JSON.stringify(event)));
    const { sealed: _sealed, ...outline } = JSON.parse(sealed) as Record<string, unknown>;
    expect(outline).toEqual({ version: 1, tenant: acme, jobId: 'j', type: 'job-finished', status: 'completed' });
    expect(sealed).not.toContain('Zanzibar');
    expect(await openMessage(sealer, JSON.parse(sealed))).toEqual(event);
    expect(await sealMessage(sealer, sealed)).toBe(sealed);
  });

  it('is refused when its outline was changed', async () => {
    const { sealer } = process(book());
    const sealed = JSON.parse(String(await sealMessage(sealer, JSON.stringify(event)))) as object;
    await expect(openMessage(sealer, { ...sealed, status: 'failed' })).rejects.toThrow(/changed/);
    await expect(openMessage(sealer, { ...sealed, jobId: 'other' })).rejects.toThrow(/changed/);
  });

  it('opens inside a dead letter, too', async () => {
    const { sealer } = process(book());
    const inner = await sealMessage(sealer, JSON.stringify(event));
    const payload = Buffer.from(inner as string).toString('base64');
    const letter = { version: 1, tenant: acme, stage: 's', original: { payload, subject: 'x' } };
    const sealed: unknown = JSON.parse(String(await sealMessage(sealer, JSON.stringify(letter))));
    const opened = (await openMessage(sealer, sealed)) as typeof letter;
    expect(JSON.parse(Buffer.from(opened.original.payload, 'base64').toString())).toEqual(event);
  });

  it('is told apart without a master key', async () => {
    const sealed: unknown = JSON.parse(String(await sealMessage(process(book()).sealer, JSON.stringify(event))));
    await expect(openMessage(plainSealer, sealed)).rejects.toThrow(/no master key is given/);
    expect(await openMessage(plainSealer, event)).toBe(event);
  });
});
