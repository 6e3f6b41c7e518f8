import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startNatsServer, startPostgres, type EmbeddedServer } from '@waybill/embedded-servers';
import { connect, provision } from '@waybill/jetstream';
import { Database, migrate, TableBackup } from '@waybill/persistence';
import { loadEnvironment } from '@waybill/platform';
import { createAuthority, temporaryFolder, type TemporaryFolder } from '../../support/index.js';

let folder: TemporaryFolder;
let nats: EmbeddedServer;
let postgres: EmbeddedServer;

const file = (name: string): string => join(folder.path, name);

beforeAll(async () => {
  folder = await temporaryFolder('tls');
  const [authority, stranger] = [createAuthority('Test authority'), createAuthority('Another authority')];
  const server = authority.issue('server', 'localhost', '127.0.0.1');
  const elsewhere = authority.issue('elsewhere', 'servers.example');
  const client = authority.issue('waybill-service');
  const files = {
    'ca.pem': authority.cert,
    'stranger.pem': stranger.cert,
    ...{ 'server.pem': server.cert, 'server.key': server.key },
    ...{ 'elsewhere.pem': elsewhere.cert, 'elsewhere.key': elsewhere.key },
    ...{ 'client.pem': client.cert, 'client.key': client.key },
  };
  for (const [name, content] of Object.entries(files)) await writeFile(file(name), content, { mode: 0o600 });
  const clientCaFile = file('ca.pem');
  [nats, postgres] = await Promise.all([
    startNatsServer({
      dataDir: file('nats'),
      tls: { certFile: file('elsewhere.pem'), keyFile: file('elsewhere.key'), clientCaFile },
    }),
    startPostgres({
      dataDir: file('postgres'),
      durability: 'none',
      tls: { certFile: file('server.pem'), keyFile: file('server.key'), clientCaFile },
    }),
  ]);
});
afterAll(async () => {
  await nats?.stop();
  await postgres?.stop();
  await folder?.remove();
});

const natsEnvironment = (changes: Record<string, string | undefined> = {}) =>
  loadEnvironment({
    NATS_URL: nats.url.replace('nats://', 'tls://'),
    WAYBILL_NATS_CA_FILE: file('ca.pem'),
    WAYBILL_NATS_CERT_FILE: file('client.pem'),
    WAYBILL_NATS_CERT_KEY_FILE: file('client.key'),
    WAYBILL_NATS_SERVER_NAME: 'servers.example',
    ...changes,
  });

describe('NATS over TLS', () => {
  it('is spoken with a server whose authority, name and client certificate are configured', async () => {
    const environment = natsEnvironment();
    const connection = await connect(environment, 'test');
    try {
      expect(connection.info).toMatchObject({ tls_required: true, tls_verify: true });
      await provision(connection, environment);
    } finally {
      await connection.close();
    }
  });

  it.each([
    ['the authority is another', () => ({ WAYBILL_NATS_CA_FILE: file('stranger.pem') })],
    ['the name is another', () => ({ WAYBILL_NATS_SERVER_NAME: undefined })],
    ['a file is missing', () => ({ WAYBILL_NATS_CA_FILE: file('no-such.pem') })],
  ])('is refused with a sentence when %s', async (_why, changes) => {
    await expect(connect(natsEnvironment(changes()), 'test')).rejects.toThrow(/^No NATS server answers at tls:/);
  });
});

const databaseUrl = (changes: Record<string, string>): string => {
  const url = new URL(postgres.url);
  for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value);
  return url.toString();
};
const verified = (): Record<string, string> => ({ sslmode: 'verify-full', sslrootcert: file('ca.pem') });
const encryption = 'SELECT ssl, client_dn AS "clientName" FROM pg_stat_ssl WHERE pid = pg_backend_pid()';

describe('Postgres over TLS', () => {
  it('is spoken as DATABASE_URL says, with a client certificate where one is given', async () => {
    const shown = { sslcert: file('client.pem'), sslkey: file('client.key') };
    const database = new Database(databaseUrl({ ...verified(), ...shown }));
    try {
      await migrate(database.url);
      expect(await database.execute(encryption, [])).toEqual([{ ssl: true, clientName: '/CN=waybill-service' }]);
    } finally {
      await database.close();
    }
    const tables = await TableBackup.open(databaseUrl(verified()));
    await tables.close();
  });

  it('is refused with a sentence when the authority is another', async () => {
    const database = new Database(databaseUrl({ ...verified(), sslrootcert: file('stranger.pem') }));
    try {
      await expect(database.execute(encryption, [])).rejects.toMatchObject({
        failure: { code: 'unavailable', message: expect.stringContaining('certificate') },
      });
    } finally {
      await database.close();
    }
  });
});
