import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { NatsServer } from '@waybill/embedded-servers';
import { provision } from '@waybill/jetstream';
import { applyOverlay, limitBookOf, shippedCatalog, type KeyHealth, type RouteState } from '@waybill/llm-routing';
import { loadEnvironment, PlatformModule } from '@waybill/platform';
import { ROUTE_STATE, RouteStateModule } from '@waybill/route-state';
import { startTestNats } from '../../support/index.js';
import { answered, admitted, log } from './support/workers.js';

const [card] = shippedCatalog.models.filter(({ tier }) => tier > 0);
const intent = { model: card!.id, provider: card!.provider, inputTokens: 80, outputTokens: 20 };
const environment = loadEnvironment({});

describe('RouteStateModule', () => {
  let server: NatsServer;
  let connection: NatsConnection;

  beforeEach(async () => {
    server = await startTestNats();
    connection = await connect({ servers: server.url });
    await provision(connection, environment);
  });
  afterEach(async () => {
    await connection?.close();
    await server?.stop();
  });

  const startService = async () => {
    const overlay = {
      models: [{ id: intent.model, limits: { requestsPerMinute: 1 } }],
      providers: [{ id: intent.provider, maxConcurrentCalls: 9 }],
    };
    const keys = new Map([[intent.provider, [{ id: 'first', weight: 1 }]]]);
    const catalog = applyOverlay(shippedCatalog, overlay);
    @Module({
      providers: [
        { provide: 'nats', useValue: connection },
        { provide: 'keys', useValue: keys },
      ],
      exports: ['nats', 'keys'],
    })
    class Surroundings {}
    const app = await Test.createTestingModule({
      imports: [
        PlatformModule.with(environment, log, 'reasoning'),
        RouteStateModule.forConnection('nats', {
          inject: ['keys'],
          limits: (pools: typeof keys) => limitBookOf(catalog, pools),
          imports: [Surroundings],
        }),
      ],
    }).compile();
    return { app, state: app.get<RouteState & KeyHealth>(ROUTE_STATE, { strict: false }) };
  };

  it('gives the limits of the catalog’s overlay to all, and writes what it holds when it stops', async () => {
    const { app, state } = await startService();
    const call = admitted(await state.admit(intent));
    expect(call.key).toBe('first');
    await call.report(answered);
    await app.close();
    const { app: next, state: successor } = await startService();
    expect(successor.knowledge().get(intent.model)?.latency?.firstTokenMs).toBeCloseTo(300);
    expect(await successor.admit(intent)).toMatchObject({
      kind: 'wait',
      reason: 'the limit of 1 request a minute is reached',
    });
    await next.close();
  });
});
