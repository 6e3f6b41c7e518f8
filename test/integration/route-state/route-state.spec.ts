import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Kvm } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { buckets } from '@waybill/contracts';
import type { NatsServer } from '@waybill/embedded-servers';
import { provision } from '@waybill/jetstream';
import type { CallLimits, VerifiedOutcome } from '@waybill/llm-routing';
import { loadEnvironment } from '@waybill/platform';
import { NatsRouteState } from '@waybill/route-state';
import { silentMeter } from '@waybill/telemetry';
import { openLossyLink, startTestNats } from '../../support/index.js';
import {
  admitted,
  admittedAtLast,
  answered,
  failed,
  intent,
  log,
  model,
  noLimits,
  provider,
  until,
  Workers,
} from './support/workers.js';

describe('route state in NATS', () => {
  let server: NatsServer;
  let connection: NatsConnection;
  let workers: Workers | undefined;

  const start = async (count: number, limits: CallLimits = noLimits): Promise<NatsRouteState[]> => {
    workers = new Workers(server.url, limits);
    return await workers.start(count);
  };
  const inSeconds = (seconds: number): Date => new Date(workers!.clock.now().getTime() + seconds * 1_000);
  const coolingAt = (state: NatsRouteState) => state.knowledge().get(model)?.cooling;

  beforeAll(async () => {
    server = await startTestNats();
    connection = await connect({ servers: server.url });
  });
  afterAll(async () => {
    await connection?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    await provision(connection, loadEnvironment({}));
  });
  afterEach(async () => {
    await workers?.stop();
    workers = undefined;
    await (await new Kvm(connection).open(buckets.routeState.name)).destroy();
  });

  it('says what to do when the bucket was not made', async () => {
    await (await new Kvm(connection).open(buckets.routeState.name)).destroy();
    await expect(start(1)).rejects.toThrow('There is no bucket waybill-route-state; run `waybill provision`');
    await provision(connection, loadEnvironment({}));
  });

  it('rests a model for all workers when one of them meets a rate limit', async () => {
    const [one, two, three] = (await start(3)) as [NatsRouteState, NatsRouteState, NatsRouteState];
    const back = inSeconds(40);
    await admitted(await one.admit(intent())).report(failed('rate-limited', back));
    await until(() => coolingAt(two) !== undefined && coolingAt(three) !== undefined);
    for (const state of [one, two, three]) {
      expect(coolingAt(state)).toEqual({ until: back, reason: 'it is rate-limited' });
      expect(await state.admit(intent())).toMatchObject({ kind: 'wait', until: back, reason: 'it is rate-limited' });
    }
    const [late] = await workers!.start(1);
    expect(coolingAt(late!)?.until).toEqual(back);
    workers!.clock.advance(40_000);
    expect((await two.admit(intent())).kind).toBe('admitted');
  });

  it('is known also to a worker whose connection broke when it was told', async () => {
    const link = await openLossyLink(server.url);
    const distant = new Workers(link.address);
    try {
      const [[near], [far]] = await Promise.all([start(1), distant.start(1)]);
      const lost = link.lose(buckets.routeState.name);
      await admitted(await near!.admit(intent())).report(failed('rate-limited', inSeconds(40)));
      await lost;
      link.breakOff();
      await until(() => coolingAt(far!) !== undefined);
    } finally {
      await distant.stop();
      await link.close();
    }
  });

  it('rests a key for all workers, and gives another one', async () => {
    const keys = [
      { id: 'a', weight: 1 },
      { id: 'b', weight: 1 },
    ];
    const [one, two] = (await start(2, { keys, rate: {} })) as [NatsRouteState, NatsRouteState];
    const back = inSeconds(60);
    await one.cool(provider, 'a', back);
    await one.cool(provider, 'a', inSeconds(5));
    await until(() => two.coolingUntil(provider).size > 0);
    expect([...two.coolingUntil(provider)]).toEqual([['a', back]]);
    for (let call = 0; call < 20; call += 1) expect(admitted(await two.admit(intent())).key).toBe('b');
  });

  it('has exactly one worker probe a model that was down', async () => {
    const states = await start(12);
    for (const state of states.slice(0, 5)) await admitted(await state.admit(intent())).report(failed('overloaded'));
    await until(() => states.every((state) => coolingAt(state) !== undefined));
    expect((await Promise.all(states.map((state) => state.admit(intent())))).map(({ kind }) => kind)).not.toContain(
      'admitted',
    );
    workers!.clock.advance(10_000);
    const asked = await Promise.all(states.map((state) => state.admit(intent())));
    const probes = asked.filter(({ kind }) => kind === 'admitted');
    expect(probes).toHaveLength(1);
    await admitted(probes[0]!).report(answered);
    await until(() => states.every((state) => coolingAt(state) === undefined));
    expect((await Promise.all(states.map((state) => state.admit(intent())))).map(({ kind }) => kind)).not.toContain(
      'wait',
    );
  });

  it('never lets 20 workers at once exceed the tokens of a minute, and uses them up', async () => {
    const states = await start(20, { ...noLimits, rate: { tokensPerMinute: 5_000 } });
    const asked = await Promise.all(states.flatMap((state) => [1, 2, 3, 4].map(() => state.admit(intent()))));
    expect(asked.filter(({ kind }) => kind === 'admitted')).toHaveLength(50);
    const waits = asked.flatMap((admission) => (admission.kind === 'wait' ? admission : []));
    expect(waits).toHaveLength(30);
    for (const { until: back, reason } of waits) {
      expect(reason).toBe('the limit of 5000 tokens a minute is reached');
      expect(back.getTime()).toBeGreaterThan(inSeconds(50).getTime());
    }
    workers!.clock.advance(66_000);
    expect((await states[7]!.admit(intent())).kind).toBe('admitted');
  });

  it('gives back what was counted above the bill', async () => {
    const [one, two] = (await start(2, { ...noLimits, rate: { tokensPerMinute: 100 } })) as [
      NatsRouteState,
      NatsRouteState,
    ];
    const call = admitted(await one.admit(intent()));
    expect((await two.admit(intent())).kind).toBe('wait');
    await call.report({ ...answered, billedInputTokens: 10, outputTokens: 5 });
    await admittedAtLast(two, intent({ inputTokens: 60 }));
  });

  it('frees the calls of a killed worker, and keeps those of one that lives', async () => {
    const [one, two, three] = (await start(3, { ...noLimits, maxConcurrentCalls: 2 })) as [
      NatsRouteState,
      NatsRouteState,
      NatsRouteState,
    ];
    admitted(await one.admit(intent()));
    const held = admitted(await two.admit(intent()));
    expect(await three.admit(intent())).toMatchObject({ kind: 'wait', reason: expect.stringContaining('all 2 calls') });
    await workers!.kill(0);
    workers!.clock.advance(14_000);
    await two.beat();
    expect((await three.admit(intent())).kind).toBe('wait');
    workers!.clock.advance(1_000);
    admitted(await three.admit(intent()));
    expect((await two.admit(intent())).kind).toBe('wait');
    await held.report({ kind: 'abandoned' });
    await admittedAtLast(three, intent());
  });

  it('adds up what workers learn, and loses nothing when they write at once', async () => {
    const states = await start(4);
    const outcome: VerifiedOutcome = { model, task: 'extract', documentKind: 'invoice', band: 'easy', accepted: true };
    for (let round = 0; round < 25; round += 1) {
      for (const state of states) await state.learn({ ...outcome, accepted: round < 20 });
    }
    const cellAt = (state: NatsRouteState) => state.knowledge().get(model)?.outcomes?.get('extract/invoice/easy');
    await until(() =>
      states.every((state) => (cellAt(state)?.accepted ?? 0) > 79.9 && (cellAt(state)?.refused ?? 0) > 19.9),
    );
    for (const state of states) {
      expect(cellAt(state)!.accepted).toBeCloseTo(80, 2);
      expect(cellAt(state)!.refused).toBeCloseTo(20, 2);
      expect(state.alarms()).toMatchObject([{ kind: 'often-re-routed', model, about: 'extract/invoice' }]);
    }
    const [late] = await workers!.start(1);
    expect(cellAt(late!)!.accepted).toBeCloseTo(80, 2);
  });

  it('tells everybody how long calls take and what is billed, in one write for many calls', async () => {
    const [one, two] = (await start(2)) as [NatsRouteState, NatsRouteState];
    const calls = await Promise.all(Array.from({ length: 200 }, () => one.admit(intent())));
    await Promise.all(calls.map((call) => admitted(call).report({ ...answered, billedInputTokens: 100 })));
    await until(() => two.knowledge().get(model)?.billedShare !== undefined);
    const { latency, billedShare } = two.knowledge().get(model)!;
    expect(
      [latency!.firstTokenMs, latency!.perOutputTokenMs, billedShare].map((value) => Math.round(value! * 100)),
    ).toEqual([30_000, 5_000, 125]);
    const { streamInfo } = await (await new Kvm(connection).open(buckets.routeState.name)).status();
    expect(streamInfo.state.last_seq).toBe(1);
  });

  it('lets what needs no agreement go on while NATS is away, and has the rest wait', async () => {
    const [free] = (await start(1)) as [NatsRouteState];
    await workers!.kill(0);
    const call = admitted(await free.admit(intent()));
    await call.report(failed('rate-limited', inSeconds(30)));
    expect((await free.admit(intent())).kind).toBe('wait');
    await workers!.stop();
    const [bound] = (await start(1, { ...noLimits, rate: { requestsPerMinute: 100 } })) as [NatsRouteState];
    await workers!.kill(0);
    expect(await bound.admit(intent())).toMatchObject({
      kind: 'wait',
      reason: expect.stringContaining('cannot be asked'),
    });
  });

  it('begins anew from an entry that it cannot read', async () => {
    const bucket = await new Kvm(connection).open(buckets.routeState.name);
    await bucket.put('gate.acme', '{"version":2}');
    await bucket.put('something.else', 'x');
    const [one] = (await start(1, { ...noLimits, rate: { requestsPerMinute: 1 } })) as [NatsRouteState];
    expect((await one.admit(intent())).kind).toBe('admitted');
    expect((await one.admit(intent())).kind).toBe('wait');
    expect(
      await NatsRouteState.open(connection, { limits: () => noLimits, clock: workers!.clock, log, meter: silentMeter }),
    ).toBeDefined();
  });
});
