import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Controller, Get, Module } from '@nestjs/common';
import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ReadinessChecks } from './readiness-checks.js';
import { runService, type ReadyMessage } from './run-service.js';

const steps: string[] = [];

class FakeStrategy extends Server implements CustomTransportStrategy {
  listen(callback: () => void): void {
    steps.push('listen');
    callback();
  }
  close(): void {
    steps.push('strategy closed');
  }
  on(): never {
    throw new Error('no events');
  }
  unwrap(): never {
    throw new Error('nothing inside');
  }
}

@Controller()
class BrokenController {
  @Get('broken')
  broken(): never {
    throw new Error('a secret of the inside');
  }
}

@Module({ controllers: [BrokenController], providers: [FakeStrategy] })
class FakeModule {
  constructor(readiness: ReadinessChecks) {
    readiness.register('nats', () => undefined);
    readiness.register('postgres', () =>
      steps.includes('postgres gone') ? Promise.reject(new Error('Gone.')) : undefined,
    );
  }
  onApplicationShutdown(): void {
    steps.push('connections closed');
  }
}

const environmentBefore = { ...process.env };
const sendBefore = process.send;

beforeEach(() => {
  steps.length = 0;
  process.env['WAYBILL_LOG_LEVEL'] = 'silent';
});
afterEach(() => {
  process.env = { ...environmentBefore };
  process.send = sendBefore;
  for (const event of ['SIGTERM', 'SIGINT', 'unhandledRejection', 'uncaughtException', 'disconnect'] as const) {
    process.removeAllListeners(event);
  }
  jest.restoreAllMocks();
});

const exitCode = (): Promise<number | undefined> =>
  new Promise((resolve) => {
    jest.spyOn(process, 'exit').mockImplementation((code) => {
      resolve(code as number);
      return undefined as never;
    });
  });

const started = (): Promise<ReadyMessage> =>
  new Promise((resolve) => {
    process.send = (message: ReadyMessage) => {
      resolve(message);
      return true;
    };
    void runService({ name: 'fake', module: FakeModule, strategy: FakeStrategy });
  });

describe('runService', () => {
  it('is ready after its strategy listens, answers, and on SIGTERM drains before it closes connections', async () => {
    const exited = exitCode();
    const { service, url } = await started();
    expect(service).toBe('fake');
    expect(steps).toEqual(['listen']);
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'alive' });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);

    steps.push('postgres gone');
    const unready = await fetch(`${url}/readyz`);
    expect(unready.status).toBe(503);
    expect(await unready.json()).toMatchObject({
      status: 'not-ready',
      checks: [
        { name: 'nats', ready: true },
        { name: 'postgres', ready: false, reason: 'Gone.' },
      ],
    });

    const broken = await fetch(`${url}/broken?token=1`);
    expect(broken.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await broken.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({ status: 500, type: 'urn:waybill:problem:internal', instance: '/broken' });
    expect(JSON.stringify(problem)).not.toContain('secret');
    const missing = await fetch(`${url}/nothing`);
    expect(await missing.json()).toMatchObject({ status: 404, type: 'urn:waybill:problem:route-not-found' });

    process.emit('SIGTERM');
    process.emit('SIGINT');
    expect(await exited).toBe(0);
    expect(steps).toEqual(['listen', 'postgres gone', 'strategy closed', 'strategy closed', 'connections closed']);
  });

  it('refuses a wrong configuration with a sentence and 78', async () => {
    const exited = exitCode();
    const print = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    process.env['WAYBILL_PORT'] = 'eighty';
    await runService({ name: 'fake', module: FakeModule, strategy: FakeStrategy });
    expect(await exited).toBe(78);
    expect(print.mock.calls[0]?.[0]).toContain('WAYBILL_PORT');
  });

  it('refuses a taken port with a sentence and 69', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    const exited = exitCode();
    const print = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    process.env['WAYBILL_PORT'] = String(port);
    await runService({ name: 'fake', module: FakeModule, strategy: FakeStrategy });
    expect(await exited).toBe(69);
    expect(print.mock.calls[0]?.[0]).toContain(`Port ${port}`);
    occupant.close();
    await once(occupant, 'close');
  });
});
