import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { consumers, overviewViewSchema, readPageSubject, tenantSchema } from '@waybill/contracts';
import { startGuarded, type GuardedServices } from './start-guarded.js';

let services: GuardedServices;

beforeAll(async () => {
  services = await startGuarded();
});
afterAll(() => services.stop());

/** The lanes in which something waits, as a key of the tenant sees them. */
async function loadSeenBy(tenant: string): Promise<Record<string, number>> {
  const { text } = await services.key(tenant);
  const { lanes } = overviewViewSchema.parse(await (await services.ask('/v1/overview', text)).json());
  return Object.fromEntries(lanes.flatMap(({ name, waiting }) => (waiting > 0 ? [[name, waiting]] : [])));
}

it('a tenant sees what it has in the queues itself, and the operator’s admins see everything', async () => {
  const nats = await connect({ servers: services.results.nats.url });
  const subject = readPageSubject(tenantSchema.parse('busy'), 'front');
  for (let page = 0; page < 3; page += 1) await jetstream(nats).publish(subject, '{}');
  await nats.close();
  const lane = Object.values(consumers).find(({ name }) => name === 'ocr-read-page')?.name ?? '';
  expect(await loadSeenBy('busy')).toEqual({ [lane]: 3 });
  expect(await loadSeenBy('curious')).toEqual({});
  expect(await loadSeenBy('operator')).toMatchObject({ [lane]: 3 });
});
