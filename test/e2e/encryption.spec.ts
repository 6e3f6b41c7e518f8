import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { jobServiceNames, type JobView } from '@waybill/contracts';
import { startNatsServer } from '@waybill/embedded-servers';
import { simulateKms } from '@waybill/provider-simulator';
import { Client } from 'pg';
import {
  whenRecorded,
  runWaybill,
  startStack,
  temporaryFolder,
  type TemporaryFolder,
  type TestStack,
} from '../support/index.js';
import { drawPdf, drawPicture } from './support/draw-documents.js';
import { everyMessage, everyRow, placesOf } from './support/everything-stored.js';

const marker = 'Zanzibarwort';
const headers = { 'waybill-tenant': 'sealed' };
const [first, second] = [randomBytes(32), randomBytes(32)].map((key) => key.toString('base64')) as [string, string];

let folder: TemporaryFolder;
let stack: TestStack;
let nats: NatsConnection;

beforeAll(async () => {
  folder = await temporaryFolder('encryption');
  stack = await startStack({
    env: { WAYBILL_MASTER_KEY: first },
    postgres: 'own',
    startNats: () => startNatsServer({ dataDir: join(folder.path, 'nats') }),
  });
  nats = await connect({ servers: stack.nats.url });
});
afterAll(async () => {
  await nats?.drain();
  await stack?.stop();
  await folder?.remove();
});

const get = (path: string, url = stack.url): Promise<Response> => fetch(`${url}/v1/jobs/secret${path}`, { headers });
const text = async (path: string, url?: string): Promise<string> => (await get(path, url)).text();
const waybill = (parameters: readonly string[], key: string, more = {}): Promise<string> =>
  runWaybill(parameters, {
    NATS_URL: stack.nats.url,
    DATABASE_URL: stack.databaseUrl,
    WAYBILL_MASTER_KEY: key,
    ...more,
  });

/** A PDF larger than a small blob, whose text is read, and a picture, which an engine reads and a cache keeps. */
async function submit(): Promise<void> {
  const [pdf, picture] = [await drawPdf([`The word is ${marker} here.`]), await drawPicture([`The word is ${marker}`])];
  const large = Buffer.concat([pdf, Buffer.from(`%${`${marker} `.repeat(30_000)}\n`)]);
  const documents = [large, picture].map((bytes, index) => ({
    inline: Buffer.from(bytes).toString('base64'),
    name: `${marker}-${index}.bin`,
  }));
  const schema = { type: 'object', properties: { [marker]: { type: 'string' } } };
  const body = JSON.stringify({
    id: 'secret',
    task: { kind: 'extract', schema },
    documents,
    metadata: { note: marker },
  });
  const response = await fetch(`${stack.url}/v1/jobs`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  });
  expect(response.status).toBe(202);
}

/** Files below a folder that hold a text, by their names. */
async function filesWith(word: string, path: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
    const file = join(entry.parentPath, entry.name);
    // What a server has just removed is not there any more.
    const bytes = entry.isFile() ? await readFile(file).catch(() => Buffer.alloc(0)) : Buffer.alloc(0);
    if (bytes.includes(word)) found.push(file);
  }
  return found;
}

async function databaseFolder(): Promise<string> {
  const client = new Client({ connectionString: stack.databaseUrl });
  await client.connect();
  try {
    await client.query('CHECKPOINT');
    return (await client.query<{ data_directory: string }>('SHOW data_directory')).rows[0]?.data_directory ?? '';
  } finally {
    await client.end();
  }
}

describe('with a master key', () => {
  it('no store holds a word of a job, nor do the servers’ files, and the API serves all of it', async () => {
    await submit();
    for (;;) {
      const job = JSON.parse(await text('?wait=60s')) as JobView;
      if (!job.finishedAt) continue;
      expect(job).toMatchObject({ status: 'completed', metadata: { note: marker } });
      break;
    }
    await whenRecorded(stack.databaseUrl, 'secret');
    for (const path of ['/result', '/text', '/layout']) {
      expect(await text(path)).toContain(marker);
    }
    const stored = [...(await everyMessage(nats)), ...(await everyRow(stack.databaseUrl))];
    const places = new Set(placesOf('secret', stored).map((place) => place.split(' ')[0]));
    for (const place of ['WAYBILL_EVENTS', 'jobs', 'results', 'pages']) expect(places).toContain(place);
    const stores = new Set(stored.map(({ place }) => place.split(' ')[0]));
    for (const store of ['KV_waybill-readings', 'KV_waybill-blobs', 'OBJ_waybill-documents-sealed']) {
      expect(stores).toContain(store);
    }
    expect(placesOf(marker, stored)).toEqual([]);
    expect(await filesWith(marker, join(folder.path, 'nats'))).toEqual([]);
    expect(await filesWith(marker, await databaseFolder())).toEqual([]);
    expect(await filesWith('secret', await databaseFolder())).not.toEqual([]);
    for (const name of jobServiceNames) {
      expect(stack.service(name).log.length).toBeGreaterThan(0);
      expect(stack.service(name).log.filter((line) => line.includes(marker))).toEqual([]);
    }
  }, 240_000);

  it('a rebuild reads the events and encrypts the rows again', async () => {
    await waybill(['rebuild'], first);
    expect(await text('/result')).toContain(marker);
    expect(placesOf(marker, await everyRow(stack.databaseUrl))).toEqual([]);
  });

  it('a new one takes over: the old one is not needed any more, and a wrong one is told at start', async () => {
    expect(JSON.parse(await waybill(['--json', 'secrets', 'rotate'], `${second},${first}`))).toMatchObject({
      tenants: 1,
    });
    await stack.service('results').stop();
    await expect(stack.startAgain('results', { env: { WAYBILL_MASTER_KEY: first } })).rejects.toThrow(
      /was encrypted under the master key .* add it to WAYBILL_MASTER_KEY/,
    );
    await expect(stack.startAgain('results', { env: { WAYBILL_MASTER_KEY: '' } })).rejects.toThrow(
      /encrypted and no master key is given/,
    );
    await stack.startAgain('results', { env: { WAYBILL_MASTER_KEY: second } });
    expect(await text('/result')).toContain(marker);
  });

  it('a key of AWS KMS takes over, opens the content while it may be used, and gives over again', async () => {
    const kms = await simulateKms();
    try {
      const [arn] = kms.keys;
      await waybill(['secrets', 'rotate'], `${arn},${second}`, kms.environment);
      await stack.service('results').stop();
      const started = { env: { ...kms.environment, WAYBILL_MASTER_KEY: arn } };
      await stack.startAgain('results', started);
      expect(await text('/result')).toContain(marker);
      expect(kms.operations).toContain('Decrypt');

      await stack.service('results').stop();
      kms.refuse(arn, 'AccessDeniedException');
      await expect(stack.startAgain('results', started)).rejects.toThrow(
        /AWS KMS could not unwrap .* allow kms:Encrypt/,
      );
      kms.refuse(arn, undefined);
      await waybill(['secrets', 'rotate'], `${second},${arn}`, kms.environment);
      await stack.startAgain('results', { env: { WAYBILL_MASTER_KEY: second } });
      expect(await text('/result')).toContain(marker);
    } finally {
      await kms.server.stop();
    }
  });

  it('a backup holds nothing readable, and is restored with the key', async () => {
    const backup = join(folder.path, 'backup');
    await waybill(['backup', backup], second);
    expect(await filesWith(marker, backup)).toEqual([]);
    const again = await startStack({ env: { WAYBILL_MASTER_KEY: second }, restoreFrom: backup });
    try {
      expect(await text('/result', again.url)).toContain(marker);
      expect(await text('/layout', again.url)).toContain(marker);
    } finally {
      await again.stop();
    }
  }, 240_000);

  it('erasing the keys of a tenant makes its content unreadable at once', async () => {
    await waybill(['--tenant', 'sealed', 'secrets', 'erase', '--confirm', 'sealed'], second);
    expect((await get('/text')).status).not.toBe(200);
    expect(await text('/result')).not.toContain(marker);
  });
});
