import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tenantSchema } from '@waybill/contracts';
import { parseRequestLimits, RequestMeter } from '@waybill/identity';
import { connect, JetstreamSharedStates, provision, type NatsConnection } from '@waybill/jetstream';
import { startGateway, type TestGateway } from '../gateway/start-gateway.js';
import { leaveToLaggingReplica, startTestNats, temporaryFolder, type TemporaryFolder } from '../../support/index.js';

const hourly = 1 / 3_600;
const burst = 100;
/** The test is about counts: nothing counts as away, however slow the machine is. */
const patienceMs = 60_000;
const acme = tenantSchema.parse('acme');

let server: Awaited<ReturnType<typeof startTestNats>>;
let connection: NatsConnection;
let folder: TemporaryFolder;

beforeAll(async () => {
  server = await startTestNats();
  connection = await connect({ NATS_URL: server.url }, 'test');
  await provision(connection, { WAYBILL_STREAM_REPLICAS: 1 });
  folder = await temporaryFolder('shared-limits');
});
afterAll(async () => {
  await connection.close();
  await server.stop();
  await folder.remove();
});

/** Invariant: however many processes count, they let together through what the limit says. */
describe('processes that count together', () => {
  it('let as many through as the limit, when all are asked at once', async () => {
    const limits = parseRequestLimits({ version: 1, default: { tenant: { requestsPerSecond: hourly, burst } } });
    const clock = { now: () => new Date(1_000_000) };
    const connections = await Promise.all([1, 2, 3].map(() => connect({ NATS_URL: server.url }, 'test')));
    const failures: unknown[] = [];
    const meters = connections.map(
      (own) =>
        new RequestMeter(
          () => limits,
          new JetstreamSharedStates(own, patienceMs),
          clock,
          (error) => failures.push(error),
        ),
    );
    try {
      const asked = meters.flatMap((meter) =>
        Array.from({ length: burst }, () => meter.take({ tenant: acme, credential: 'k' })),
      );
      const waits = await Promise.all(asked);
      expect(failures).toEqual([]);
      expect(waits.filter((wait) => wait === undefined)).toHaveLength(burst);
    } finally {
      await Promise.all(connections.map((own) => own.close()));
    }
  });

  it('are asked of the leader, not of a replica that lags', async () => {
    const one = new JetstreamSharedStates(connection, patienceMs);
    const other = new JetstreamSharedStates(connection, patienceMs);
    const parse = (stored: unknown) => (typeof stored === 'number' ? stored : undefined);
    const count = (states: JetstreamSharedStates) =>
      states.change('count', parse, (sum = 0) => ({ state: sum + 1, result: sum + 1 }));
    await leaveToLaggingReplica(connection, 'KV_waybill-fair-use');
    const counts = await Promise.all([one, other, one, other, one].map(count));
    expect(counts.toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(await count(other)).toBe(6);
  });
});

describe('two gateways', () => {
  let gateways: TestGateway[] = [];

  beforeAll(async () => {
    const file = join(folder.path, 'limits.yaml');
    const limits = { version: 1, default: { tenant: { requestsPerSecond: hourly, burst: 3 } } };
    await writeFile(file, JSON.stringify(limits));
    const variables = { NATS_URL: server.url, WAYBILL_LIMITS: file };
    gateways = [await startGateway(variables), await startGateway(variables)];
  });
  afterAll(async () => {
    for (const gateway of gateways) await gateway.stop();
  });

  it('refuse together what is over the limit of a tenant', async () => {
    const statuses: number[] = [];
    for (const index of [0, 1, 0, 1, 0, 1]) {
      const reply = await fetch(`${gateways[index]!.baseUrl}/models`, { headers: { 'waybill-tenant': 'busy' } });
      statuses.push(reply.status);
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429, 429]);
  });
});
