import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { tenantSchema } from '@waybill/contracts';
import type { RecognisedPage } from '@waybill/document-layout';
import { JetStreamReadingCache } from '@waybill/document-store';
import type { NatsServer } from '@waybill/embedded-servers';
import { patient, startTestNats } from '../../support/index.js';

const [one, other] = [tenantSchema.parse('one'), tenantSchema.parse('other')];
const options = { replicas: 1, keepMs: 60_000, maxBytes: 1_048_576 };
const stream = 'KV_waybill-readings';

const pageOf = (text: string): RecognisedPage => ({
  words: [{ text, box: [1, 2, 3, 4], confidence: 0.9 }],
  rotation: 90,
  skewDegrees: 0.5,
  remarks: ['It was read.'],
});
/** Text that cannot be made smaller. */
const noise = (length: number): string =>
  Array.from({ length }, () => String.fromCharCode(33 + Math.floor(Math.random() * 90))).join('');

describe('readings in JetStream', () => {
  let server: NatsServer;
  let nats: NatsConnection;

  beforeAll(async () => {
    server = await startTestNats();
    nats = await connect({ servers: server.url });
  });
  afterAll(async () => {
    await nats?.close();
    await server?.stop();
  });

  it('gives back what was kept, to whoever opens it', async () => {
    const cache = await JetStreamReadingCache.open(nats, options);
    expect(await cache.find(one, 'k1')).toBeUndefined();
    await cache.keep(one, 'k1', pageOf('Überweisung'));
    const again = await JetStreamReadingCache.open(nats, options);
    expect(await again.find(one, 'k1')).toEqual(pageOf('Überweisung'));
  });

  it('gives no tenant what is another one’s', async () => {
    const cache = await JetStreamReadingCache.open(nats, options);
    await cache.keep(one, 'k2', pageOf('of one'));
    expect(await cache.find(other, 'k2')).toBeUndefined();
    await cache.keep(other, 'k2', pageOf('of the other'));
    expect(await cache.find(one, 'k2')).toEqual(pageOf('of one'));
  });

  it('forgets the oldest when it is full, and takes new limits when it is opened again', async () => {
    const cache = await JetStreamReadingCache.open(nats, { ...options, maxBytes: 262_144 });
    for (let index = 0; index < 12; index += 1) await cache.keep(one, `full-${index}`, pageOf(noise(50_000)));
    expect(await cache.find(one, 'full-0')).toBeUndefined();
    expect(await cache.find(one, 'full-11')).toBeDefined();
    const { config, state } = await (await jetstreamManager(nats, patient)).streams.info(stream);
    expect(config).toMatchObject({ max_bytes: 262_144, max_age: 60_000_000_000, discard: 'old' });
    expect(state.bytes).toBeLessThanOrEqual(262_144);
  });

  it('forgets what is older than allowed', async () => {
    const cache = await JetStreamReadingCache.open(nats, { ...options, keepMs: 1_000 });
    await cache.keep(one, 'old', pageOf('old'));
    const { streams } = await jetstreamManager(nats, patient);
    // The server removes what is too old by itself; asking it again is the only sign there is.
    while ((await streams.info(stream)).state.messages > 0) await nats.flush();
    expect(await cache.find(one, 'old')).toBeUndefined();
  });

  it('leaves out a reading larger than a message, and knows nothing when the server is away', async () => {
    const cache = await JetStreamReadingCache.open(nats, options);
    await cache.keep(one, 'large', pageOf(noise(2_000_000)));
    expect(await cache.find(one, 'large')).toBeUndefined();
    const gone = await connect({ servers: server.url });
    const away = await JetStreamReadingCache.open(gone, options);
    await gone.close();
    await away.keep(one, 'k3', pageOf('lost'));
    expect(await away.find(one, 'k1')).toBeUndefined();
  });
});
