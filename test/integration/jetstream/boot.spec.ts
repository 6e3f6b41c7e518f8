import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { jetstreamManager } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { Controller } from '@nestjs/common';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { streams } from '@waybill/contracts';
import { completed } from '@waybill/jobs';
import { connect, provision, verifyTopology, type NatsConnection } from '@waybill/jetstream';
import { ConfigurationError } from '@waybill/platform';
import { patient, startTestNats } from '../../support/index.js';
import { controllersOf, startJetstreamService } from './support/test-service.js';

@Controller()
class OnlyPages {
  @EventPattern<string>('ocr-read-page')
  handle(): unknown {
    return completed();
  }
}
@Controller()
class Strange {
  @EventPattern<string>('ocr-read-pages')
  handle(): unknown {
    return completed();
  }
}
@Controller()
class Foreign {
  @EventPattern<string>('results-record')
  handle(): unknown {
    return completed();
  }
}
@Controller()
class Twice {
  @EventPattern<string>('ocr-read-page')
  handle(): unknown {
    return completed();
  }
}
@Controller()
class Replying {
  @MessagePattern('ocr-read-page')
  handle(): unknown {
    return completed();
  }
}

let server: Awaited<ReturnType<typeof startTestNats>>;
let connection: NatsConnection;
const environment = { WAYBILL_STREAM_REPLICAS: 1, WAYBILL_ACK_WAIT_MS: undefined };
const running = { env: { WAYBILL_PROVISION_AT_START: 'false' } };

beforeAll(async () => {
  server = await startTestNats();
  connection = await connect({ NATS_URL: server.url }, 'test');
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});

describe('connecting', () => {
  it('says where no server answers', async () => {
    await expect(connect({ NATS_URL: 'nats://mine:secret@127.0.0.1:1' }, 'test')).rejects.toThrow(
      /^No NATS server answers at nats:\/\/127\.0\.0\.1:1 \(.*\); start one, or set NATS_URL to where it listens\.$/,
    );
  });

  it('refuses a server that is too old, naming its version and the lowest that will do', async () => {
    const info = {
      server_id: 'x',
      version: '2.9.10',
      proto: 1,
      max_payload: 1_048_576,
      headers: true,
      jetstream: true,
    };
    const old = createServer((socket) => {
      socket.write(`INFO ${JSON.stringify(info)}\r\n`);
      socket.on('data', (data) => data.includes('PING') && socket.write('PONG\r\n'));
      socket.on('error', () => undefined);
    });
    await new Promise<void>((listening) => old.listen(0, '127.0.0.1', listening));
    const { port } = old.address() as AddressInfo;
    await expect(connect({ NATS_URL: `nats://127.0.0.1:${port}` }, 'test')).rejects.toThrow(
      /is version 2\.9\.10; upgrade it to 2\.11\.0 or newer/,
    );
    await new Promise((closed) => old.close(closed));
  });
});

describe('a service that starts', () => {
  it('refuses a server without the streams, and says how to make them', async () => {
    const refusal = startJetstreamService('ocr', server.url, running);
    await expect(refusal).rejects.toThrow(ConfigurationError);
    await expect(refusal).rejects.toThrow(/There is no stream WAYBILL_PAGES; run `waybill provision`/);
    await expect(refusal).rejects.toThrow(/There is no consumer ocr-read-page/);
  });

  it('runs once they are provisioned, and provisioning again changes nothing', async () => {
    await provision(connection, environment);
    const before = await (await jetstreamManager(connection, patient)).streams.info(streams.events.name);
    await provision(connection, environment);
    const after = await (await jetstreamManager(connection, patient)).streams.info(streams.events.name);
    expect(after.config).toEqual(before.config);
    const service = await startJetstreamService('ocr', server.url, running);
    expect(() => service.strategy.checkPulling()).not.toThrow();
    await service.stop();
    expect(() => service.strategy.checkPulling()).toThrow('not pulling');
  });

  it.each([
    ['a missing handler', [OnlyPages], /No handler listens to "ocr-dead-letters"; add @EventPattern/],
    [
      'an unknown pattern',
      [...controllersOf.ocr, Strange],
      /"ocr-read-pages", which is no consumer; use one of ocr-read-page/,
    ],
    ['a handler of another service', [...controllersOf.ocr, Foreign], /"results-record"; move it to results/],
    ['a second handler', [...controllersOf.ocr, Twice], /Two handlers listen to "ocr-read-page"/],
    ['a handler that replies', [Replying], /"ocr-read-page" is a @MessagePattern; make it an @EventPattern/],
  ])('refuses %s', async (_, controllers, sentence) => {
    await expect(startJetstreamService('ocr', server.url, { ...running, controllers })).rejects.toThrow(sentence);
  });

  it('refuses a stream and a consumer that differ from their contracts, naming how', async () => {
    const manager = await jetstreamManager(connection, patient);
    await manager.streams.update(streams.pages.name, { subjects: ['waybill.*.ocr.*.read-page', 'waybill.*.ocr.more'] });
    await manager.consumers.update(streams.pages.name, 'ocr-read-page', { ack_wait: nanos(60_000), max_deliver: 4 });
    const refusal = verifyTopology(connection, environment, 'ocr');
    await expect(refusal).rejects.toThrow(/stream WAYBILL_PAGES differs from its contract \(subjects is .*ocr\.more/);
    await expect(refusal).rejects.toThrow(/consumer ocr-read-page differs .*ack_wait is 60000000000, not 30000000000/);
    await expect(refusal).rejects.toThrow(/max_deliver is 4, not 1003/);
    await provision(connection, environment);
    await expect(verifyTopology(connection, environment, 'ocr')).resolves.toBeUndefined();
  });

  it('refuses another ack wait than the one provisioned, since heartbeats follow it', async () => {
    await expect(verifyTopology(connection, { ...environment, WAYBILL_ACK_WAIT_MS: 5_000 }, 'ocr')).rejects.toThrow(
      /ack_wait is 30000000000, not 5000000000/,
    );
  });

  it('says what to do when the server will not change a stream', async () => {
    const manager = await jetstreamManager(connection, patient);
    await manager.streams.delete(streams.webhooks.name);
    await manager.streams.add({ name: streams.webhooks.name, subjects: ['waybill.*.results.deliver-webhook'] });
    await expect(provision(connection, environment)).rejects.toThrow(
      /does not accept the stream WAYBILL_WEBHOOKS \(.*\); if it exists in another form, delete it once it is empty/,
    );
    await manager.streams.delete(streams.webhooks.name);
    await provision(connection, environment);
  });

  it('keeps a size limit that the operator has set', async () => {
    const manager = await jetstreamManager(connection, patient);
    await manager.streams.update(streams.events.name, { max_bytes: 1_000_000_000 });
    await provision(connection, environment);
    expect((await manager.streams.info(streams.events.name)).config.max_bytes).toBe(1_000_000_000);
  });
});
