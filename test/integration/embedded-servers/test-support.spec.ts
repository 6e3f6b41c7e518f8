import { afterAll, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import { createTestDatabase, startTestNats } from '../../support/index.js';

describe('the servers of the tests', () => {
  const cleanups: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup();
  });

  it('gives a nats-server with JetStream that keeps its streams over a kill', async () => {
    const server = await startTestNats();
    cleanups.push(() => server.stop());
    const connection = await connect({ servers: server.url, maxReconnectAttempts: -1, reconnectTimeWait: 50 });
    cleanups.push(() => connection.close());
    const manager = await jetstreamManager(connection);
    await manager.streams.add({ name: 'ORDERS', subjects: ['orders.*'] });
    await jetstream(connection).publish('orders.one', 'first');
    const reconnected = (async () => {
      for await (const status of connection.status()) if (status.type === 'reconnect') return;
    })();
    await server.kill();
    expect(server.pid).toBeUndefined();
    await server.restart();
    await reconnected;
    expect((await manager.streams.info('ORDERS')).state.messages).toBe(1);
    const answer = await fetch(`${server.monitoringUrl}/healthz`);
    expect(answer.status).toBe(200);
  });

  it('gives a database of its own to each call', async () => {
    const [one, other] = [await createTestDatabase(), await createTestDatabase()];
    cleanups.push(
      () => one.drop(),
      () => other.drop(),
    );
    const client = new pg.Client({ connectionString: one.url });
    await client.connect();
    await client.query('CREATE TABLE found (id int)');
    await client.end();
    expect(one.url).not.toBe(other.url);
    await one.drop();
    await one.drop();
    await expect(new pg.Client({ connectionString: one.url }).connect()).rejects.toThrow(/does not exist/);
  });
});
