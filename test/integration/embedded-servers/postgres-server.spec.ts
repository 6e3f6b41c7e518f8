import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDatabase, dropDatabase, freePort, startPostgres } from '@waybill/embedded-servers';
import pg from 'pg';
import { temporaryFolder, type TemporaryFolder } from '../../support/index.js';
import { startOwnerProcess } from './owner-process.js';

describe('startPostgres', () => {
  let folder: TemporaryFolder;
  const cleanups: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    folder = await temporaryFolder('postgres');
    cleanups.push(() => folder.remove());
  });
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  const start = async (port?: number) => {
    const server = await startPostgres({ dataDir: folder.path, port });
    cleanups.push(() => server.stop());
    return server;
  };

  const query = async (url: string, statement: string): Promise<unknown[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(statement);
      return rows;
    } finally {
      await client.end();
    }
  };

  it('keeps committed rows over a kill and a restart', async () => {
    const server = await start();
    await query(server.url, 'CREATE TABLE kept AS SELECT 7 AS value');
    await server.kill();
    expect(server.pid).toBeUndefined();
    await server.restart();
    expect(await query(server.url, 'SELECT value FROM kept')).toEqual([{ value: 7 }]);
    await server.stop();
    await server.stop();
  });

  it('lets nobody in without its password', async () => {
    const { url } = await start();
    const open = new URL(url);
    open.password = 'guess';
    await expect(query(open.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });

  it('creates a database whose name needs quoting, and drops it while somebody is connected', async () => {
    const { url } = await start();
    const database = await createDatabase(url, 'odd "name"');
    expect(await query(database, 'SELECT current_database() AS name')).toEqual([{ name: 'odd "name"' }]);
    const client = new pg.Client({ connectionString: database });
    await client.connect();
    const cutOff = new Promise((resolve) => client.once('end', resolve));
    client.on('error', () => undefined);
    await dropDatabase(url, 'odd "name"');
    await cutOff;
    await expect(query(database, 'SELECT 1')).rejects.toThrow(/does not exist/);
  });

  it('starts after a crash whose pid file names a process that is somebody else by now', async () => {
    const server = await start();
    await server.stop();
    const stale = [process.pid, join(folder.path, 'cluster'), 1, 5432, '', '127.0.0.1', '', ''].join('\n');
    await writeFile(join(folder.path, 'cluster', 'postmaster.pid'), stale);
    const next = await start();
    expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('begins again where an initialisation was cut off', async () => {
    await mkdir(join(folder.path, 'cluster.unfinished'));
    await writeFile(join(folder.path, 'cluster.unfinished', 'PG_VERSION'), '18\n');
    const { url } = await start();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses the data of another version', async () => {
    await mkdir(join(folder.path, 'cluster'));
    await writeFile(join(folder.path, 'cluster', 'PG_VERSION'), '15\n');
    await expect(start()).rejects.toThrow(/holds data of Postgres 15, and this is Postgres 18; choose another folder/);
    expect(await readFile(join(folder.path, 'cluster', 'PG_VERSION'), 'utf8')).toBe('15\n');
  });

  it('says in a sentence that its port is taken', async () => {
    const port = await freePort();
    await start(port);
    const other = await temporaryFolder('postgres');
    cleanups.push(() => other.remove());
    await expect(startPostgres({ dataDir: other.path, port })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is taken, so Postgres cannot listen there; stop what uses it or choose another port.`,
    );
  });

  it('ends when its owner is killed, and the next start on its folder waits for that', async () => {
    const owner = await startOwnerProcess('startPostgres', folder.path);
    await query(owner.url, 'CREATE TABLE kept AS SELECT 7 AS value');
    const gone = once(owner.process, 'exit');
    owner.process.kill('SIGKILL');
    await gone;
    const successor = await start();
    expect(await query(successor.url, 'SELECT value FROM kept')).toEqual([{ value: 7 }]);
    await expect(query(owner.url, 'SELECT 1')).rejects.toThrow();
  });
});
