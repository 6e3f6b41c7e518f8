import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from '@nats-io/transport-node';
import type { NatsServer } from '@waybill/embedded-servers';
import { provision } from '@waybill/jetstream';
import type { CallLimits } from '@waybill/llm-routing';
import { loadEnvironment } from '@waybill/platform';
import { startTestNats } from '../../support/index.js';
import { WorkerProcess } from './support/worker-process.js';
import { failed, admitted, intent, model, noLimits, until, Workers } from './support/workers.js';

describe('two processes', () => {
  let server: NatsServer;
  let workers: Workers;
  let other: WorkerProcess;

  beforeEach(async () => {
    server = await startTestNats();
    const connection = await connect({ servers: server.url });
    await provision(connection, loadEnvironment({}));
    await connection.close();
  });
  afterEach(async () => {
    await other?.kill();
    await workers?.stop();
    await server?.stop();
  });

  const start = async (count: number, limits: CallLimits) => {
    workers = new Workers(server.url, limits, 'runs');
    const [states, process] = await Promise.all([
      workers.start(count),
      WorkerProcess.start(server.url, limits, intent()),
    ]);
    other = process;
    return states;
  };

  it('use up the tokens of a minute together, and not one more', async () => {
    const states = await start(4, { ...noLimits, rate: { tokensPerMinute: 3_000 } });
    const [theirs, ours] = await Promise.all([
      other.ask(40),
      Promise.all(states.flatMap((state) => Array.from({ length: 10 }, () => state.admit(intent())))),
    ]);
    expect(theirs + ours.filter(({ kind }) => kind === 'admitted').length).toBe(30);
  });

  it('share what a provider takes at once; what a killed one held is free after its lease', async () => {
    const [state] = await start(1, { ...noLimits, maxConcurrentCalls: 3 });
    expect(await other.ask(9)).toBe(3);
    await until(async () => (await state!.admit(intent())).kind === 'wait');
    await other.kill();
    expect((await state!.admit(intent())).kind).toBe('wait');
    workers.clock.advance(16_000);
    const asked = await Promise.all(Array.from({ length: 9 }, () => state!.admit(intent())));
    expect(asked.filter(({ kind }) => kind === 'admitted')).toHaveLength(3);
  });

  it('have one probe, and another one when the probing process was killed', async () => {
    const [state] = await start(1, noLimits);
    workers.clock.advance(-11_000);
    const open = Array.from({ length: 5 }, () => state!.admit(intent()));
    for (const call of await Promise.all(open)) await admitted(call).report(failed('timeout'));
    expect(await other.ask(5)).toBe(1);
    const openedUntil = state!.knowledge().get(model)!.cooling!.until;
    await until(() => state!.knowledge().get(model)!.cooling!.until > openedUntil);
    await other.kill();
    workers.clock.advance(11_000);
    expect((await state!.admit(intent())).kind).toBe('wait');
    workers.clock.advance(16_000);
    expect((await state!.admit(intent())).kind).toBe('admitted');
    expect((await state!.admit(intent())).kind).toBe('wait');
  });
});
