import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { freePort, startNatsServer } from '@waybill/embedded-servers';
import { temporaryFolder, type TemporaryFolder } from '../../support/index.js';
import { startOwnerProcess } from './owner-process.js';

describe('startNatsServer', () => {
  let folder: TemporaryFolder;
  const cleanups: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    folder = await temporaryFolder('nats');
    cleanups.push(() => folder.remove());
  });
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  const start = async (port?: number) => {
    const server = await startNatsServer({ dataDir: folder.path, port });
    cleanups.push(() => server.stop());
    return server;
  };

  const countMessages = async (url: string): Promise<number> => {
    const connection = await connect({ servers: url });
    const manager = await jetstreamManager(connection);
    const { state } = await manager.streams.info('ORDERS');
    await connection.close();
    return state.messages;
  };

  const publishOne = async (url: string): Promise<void> => {
    const connection = await connect({ servers: url });
    await (await jetstreamManager(connection)).streams.add({ name: 'ORDERS', subjects: ['orders.*'] });
    await jetstream(connection).publish('orders.one', 'first');
    await connection.close();
  };

  it('keeps its streams from one start to the next, on the port that was asked for', async () => {
    const port = await freePort();
    const first = await start(port);
    expect(first.url).toBe(`nats://127.0.0.1:${port}`);
    await publishOne(first.url);
    await first.stop();
    await first.stop();
    const second = await start(port);
    expect(await countMessages(second.url)).toBe(1);
  });

  it('says in a sentence that its port is taken', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    cleanups.push(() => new Promise((resolve) => occupant.close(resolve)));
    const address = occupant.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(start(port)).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is taken, so nats-server cannot listen there; stop what uses it or choose another port.`,
    );
  });

  it('refuses a data folder on which another server runs', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(/already runs on .* \(process \d+, nats:.*\); stop it first/);
    await publishOne(first.url);
  });

  it('says in a sentence that its folder cannot be used', async () => {
    const file = join(folder.path, 'file');
    await writeFile(file, '');
    await expect(startNatsServer({ dataDir: join(file, 'data') })).rejects.toThrow(
      /^nats-server cannot keep its data in .*choose another folder\.$/,
    );
  });

  it('ends when its owner is killed, and the next start on its folder waits for that', async () => {
    const owner = await startOwnerProcess('startNatsServer', folder.path);
    await publishOne(owner.url);
    const gone = once(owner.process, 'exit');
    owner.process.kill('SIGKILL');
    await gone;
    const successor = await start();
    expect(await countMessages(successor.url)).toBe(1);
    await expect(connect({ servers: owner.url, reconnect: false })).rejects.toThrow();
  });

  it('does not keep its owner alive, nor live on without it', async () => {
    const owner = await startOwnerProcess('startNatsServer', folder.path);
    const connection = await connect({ servers: owner.url, reconnect: false });
    const lost = connection.closed();
    owner.process.disconnect();
    expect(await owner.exitCode).toBe(0);
    await lost;
  });
});
