import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { provisionStreams, startGateway, type TestGateway } from '../gateway/start-gateway.js';
import { startIntake, type TestIntake } from '../intake/start-intake.js';
import { startTestNats, startService, temporaryFolder, type TemporaryFolder } from '../../support/index.js';
import { loadEnvironment } from '@waybill/platform';

const hourly = 1 / 3_600;
const limits = {
  version: 1,
  default: { tenant: { requestsPerSecond: hourly, burst: 3 } },
  tenants: { free: {} },
};

let folder: TemporaryFolder;
let intake: TestIntake;
let gateway: TestGateway;

beforeAll(async () => {
  folder = await temporaryFolder('limits');
  const file = join(folder.path, 'limits.yaml');
  await writeFile(file, JSON.stringify(limits));
  intake = await startIntake({ WAYBILL_LIMITS: file });
  gateway = await startGateway({ WAYBILL_LIMITS: file });
});
afterAll(async () => {
  await gateway?.stop();
  await intake?.stop();
  await folder?.remove();
});

const submit = (tenant: string): Promise<Response> =>
  fetch(`${intake.url}/v1/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'waybill-tenant': tenant },
    body: '{}',
  });
const listModels = (tenant: string): Promise<Response> =>
  fetch(`${gateway.baseUrl}/models`, { headers: { 'waybill-tenant': tenant } });

async function statusesOf(count: number, ask: () => Promise<Response>): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) statuses.push((await ask()).status);
  return statuses;
}

describe('a tenant over its limit', () => {
  it('is told so at the front door, and when to come again; others are not', async () => {
    expect(await statusesOf(4, () => submit('busy'))).toEqual([400, 400, 400, 429]);
    const refused = await submit('busy');
    expect(await refused.json()).toMatchObject({ type: 'urn:waybill:problem:too-many-requests', status: 429 });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
    expect(await statusesOf(2, () => submit('calm'))).toEqual([400, 400]);
    expect(await statusesOf(20, () => submit('free'))).not.toContain(429);
  });

  it('is told so at the OpenAI-compatible door', async () => {
    expect(await statusesOf(4, () => listModels('busy'))).toEqual([200, 200, 200, 429]);
    const refused = await listModels('busy');
    expect(await refused.json()).toMatchObject({ error: { type: 'rate_limit_error', code: 'rate_limit_exceeded' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
    expect((await listModels('calm')).status).toBe(200);
  });
});

describe('a file of limits that cannot be used', () => {
  it('keeps the service from starting, with a sentence', async () => {
    const file = join(folder.path, 'wrong.yaml');
    await writeFile(file, 'version: 1\ndefault: { tenant: { requestsPerSecond: fast } }\n');
    // In a process of its own: who refuses to start leaves connections to the end of its process.
    const nats = await startTestNats();
    try {
      const env = { NATS_URL: nats.url, WAYBILL_LIMITS: file, WAYBILL_AUTH: 'none', WAYBILL_GATEWAY_LEDGER: 'none' };
      await provisionStreams(loadEnvironment(env));
      await expect(startService('gateway', { env })).rejects.toThrow(/WAYBILL_LIMITS.*requestsPerSecond/);
    } finally {
      await nats.stop();
    }
  });
});
