import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { admitCall, type CallLimits, type Verdict } from './admit-call.js';
import { coolingOf, modelsIn } from './cooling.js';
import { endCall, type CallResult } from './end-call.js';
import {
  callsUnderWay,
  coolKey,
  openGate,
  providerGateSchema,
  renewLeases,
  tidied,
  type ProviderGate,
} from './provider-gate.js';

const start = 1_700_000_000_000;
const model = 'acme/large';
const two = [
  { id: 'a', weight: 1 },
  { id: 'b', weight: 1 },
];
const free: CallLimits = { keys: two, rate: {} };
const request = (call: number, random = 0) => ({ worker: 'w', call, model, tokens: 100, random });
const limited = (statedUntilMs?: number): CallResult => ({ kind: 'limited', reason: 'slow down', statedUntilMs });
const ended = (call: number, result: CallResult, key?: string) => ({ worker: 'w', call, model, key, result });

describe('an admission', () => {
  it('writes nothing where there is nothing to agree on', () => {
    const { gate, verdict } = admitCall(openGate, request(1), free, start);
    expect(gate).toBe(openGate);
    expect(verdict).toMatchObject({ kind: 'admitted', key: 'a' });
    expect(endCall(gate, ended(1, { kind: 'reached' }, 'a'), start)).toBe(openGate);
  });

  it('never has more calls under way than the provider takes, whoever asks, ends, beats or dies', () => {
    const limits: CallLimits = { ...free, maxConcurrentCalls: 3 };
    const step = fc.record({
      worker: fc.constantFrom('one', 'two', 'three'),
      call: fc.integer({ min: 1, max: 5 }),
      does: fc.constantFrom('ask', 'end', 'beat'),
      ms: fc.integer({ min: 0, max: 6_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        let [gate, nowMs] = [openGate, start];
        for (const { worker, call, does, ms } of steps) {
          nowMs += ms;
          if (does === 'ask') ({ gate } = admitCall(gate, { ...request(call), worker }, limits, nowMs));
          if (does === 'end') gate = endCall(gate, { ...ended(call, { kind: 'unclear' }), worker }, nowMs);
          const mine = gate.holders[worker];
          if (does === 'beat' && mine && mine.untilMs > nowMs) gate = renewLeases(gate, worker, mine.calls, nowMs);
          gate = tidied(gate, nowMs);
          expect(callsUnderWay(gate, nowMs)).toBeLessThanOrEqual(3);
          expect(providerGateSchema.parse(JSON.parse(JSON.stringify(gate)))).toEqual(gate);
        }
      }),
    );
  });

  it('frees what a dead worker held when its lease ends', () => {
    const limits: CallLimits = { ...free, maxConcurrentCalls: 1 };
    const { gate } = admitCall(openGate, request(1), limits, start);
    const other = { ...request(1), worker: 'other' };
    expect(admitCall(gate, other, limits, start + 14_999).verdict.kind).toBe('wait');
    expect(admitCall(gate, other, limits, start + 15_000).verdict.kind).toBe('admitted');
  });

  it('does not forget what a worker holds whose beat is late, when that worker asks', () => {
    const limits: CallLimits = { ...free, maxConcurrentCalls: 1 };
    const { gate } = admitCall(openGate, request(1), limits, start);
    expect(admitCall(gate, request(2), limits, start + 15_000).verdict.kind).toBe('wait');
  });

  it('counts on the key that has room, and waits until one has', () => {
    const limits: CallLimits = { keys: two, rate: { tokensPerMinute: 250 } };
    let gate = openGate;
    const verdicts: Verdict[] = [];
    for (let call = 0; call < 5; call += 1) {
      const result = admitCall(gate, request(call, call / 5), limits, start);
      gate = result.gate;
      verdicts.push(result.verdict);
    }
    const keys = verdicts.flatMap((verdict) => (verdict.kind === 'admitted' ? verdict.key : []));
    expect([...keys].sort()).toEqual(['a', 'a', 'b', 'b']);
    expect(verdicts.at(-1)).toMatchObject({ kind: 'wait', reason: 'the limit of 250 tokens a minute is reached' });
    const [first] = verdicts;
    const counted = first?.kind === 'admitted' ? first.counted : undefined;
    const settled = endCall(gate, { ...ended(0, { kind: 'reached' }, 'a'), counted, billedTokens: 20 }, start);
    expect(admitCall(settled, request(9), limits, start).verdict).toMatchObject({ kind: 'admitted', key: 'a' });
  });
});

describe('a rate limit met', () => {
  it('rests the model on that key, for as long as the provider says, and leaves the other key alone', () => {
    const gate = endCall(openGate, ended(1, limited(start + 40_000), 'a'), start);
    expect(admitCall(gate, request(2, 0), free, start).verdict).toMatchObject({ kind: 'admitted', key: 'b' });
    expect(coolingOf(gate, model, free)).toBeUndefined();
    const both = endCall(gate, ended(2, limited(start + 70_000), 'b'), start);
    expect(coolingOf(both, model, free)).toEqual({ until: new Date(start + 40_000), reason: 'slow down' });
    expect(admitCall(both, { ...request(3), model: 'acme/small' }, free, start).verdict.kind).toBe('admitted');
    expect(admitCall(both, request(3), free, start).verdict).toMatchObject({ kind: 'wait', untilMs: start + 40_000 });
  });

  it('rests longer each time when nothing is stated, but not for calls that were under way', () => {
    const after = (gate: ProviderGate, nowMs: number) => endCall(gate, ended(1, limited()), nowMs);
    const restMs = (gate: ProviderGate, nowMs: number) => gate.rests[model]!.untilMs - nowMs;
    const first = after(openGate, start);
    expect(restMs(first, start)).toBe(15_000);
    expect(restMs(after(first, start + 100), start + 100)).toBe(15_000);
    expect(restMs(after(first, start + 15_000), start + 15_000)).toBe(30_000);
    expect(restMs(after(first, start + 99_000), start + 99_000)).toBe(15_000);
  });

  it('is never taken back by an earlier moment', () => {
    const moments = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1 });
    fc.assert(
      fc.property(moments, (all) => {
        const gate = all.reduce((before, ms) => endCall(before, ended(1, limited(start + ms)), start), openGate);
        expect(gate.rests[model]!.untilMs).toBe(start + Math.max(...all));
        const keys = all.reduce((before, ms) => coolKey(before, 'a', start + ms), openGate);
        expect(keys.keys['a']).toBe(start + Math.max(...all));
      }),
    );
  });
});

describe('a gate', () => {
  it('is as small as what is going on', () => {
    const limits: CallLimits = { keys: two, rate: { requestsPerMinute: 9 }, maxConcurrentCalls: 9 };
    let { gate } = admitCall(openGate, request(1), limits, start);
    gate = endCall(gate, ended(1, limited(), 'a'), start);
    gate = coolKey(gate, 'b', start + 1_000);
    expect([...modelsIn(gate)]).toEqual([model]);
    expect(tidied(gate, start + 200_000)).toEqual(openGate);
  });
});
