import { describe, expect, it } from '@jest/globals';
import { tenantSchema } from '@waybill/contracts';
import { parseRequestLimits } from './request-limits.js';
import { MemoryStates } from './memory-states.js';
import { RequestMeter } from './request-meter.js';
import type { SharedStates } from './shared-states.js';

const acme = tenantSchema.parse('acme');
const beta = tenantSchema.parse('beta');

function meterOf(file: unknown, shared: SharedStates = new MemoryStates()) {
  const limits = parseRequestLimits(file);
  let nowMs = 1_000_000;
  const troubles: unknown[] = [];
  const clock = { now: () => new Date(nowMs) };
  const meter = new RequestMeter(
    () => limits,
    shared,
    clock,
    (error) => troubles.push(error),
  );
  return {
    meter,
    troubles,
    takes: async (count: number, credential = 'k', tenant = acme) => {
      const waits: (number | undefined)[] = [];
      for (let index = 0; index < count; index += 1) waits.push(await meter.take({ tenant, credential }));
      return waits;
    },
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

/** How many of so many requests at once are let through. */
async function letThrough({ meter }: ReturnType<typeof meterOf>, count: number): Promise<number> {
  const asked = Array.from({ length: count }, () => meter.take({ tenant: acme, credential: 'k' }));
  return (await Promise.all(asked)).filter((wait) => wait === undefined).length;
}

describe('a meter', () => {
  it('lets a burst through, then as many as the rate, and says when the next may come', async () => {
    const { takes, pass } = meterOf({ version: 1, default: { tenant: { requestsPerSecond: 4, burst: 3 } } });
    expect(await takes(4)).toEqual([undefined, undefined, undefined, 250]);
    pass(250);
    expect(await takes(2)).toEqual([undefined, 250]);
    pass(60_000);
    expect(await takes(4)).toEqual([undefined, undefined, undefined, 250]);
  });

  it('counts every key of a tenant, and the tenant; a refused request takes nothing', async () => {
    const { takes, pass } = meterOf({
      version: 1,
      default: { tenant: { requestsPerSecond: 1, burst: 3 }, key: { requestsPerSecond: 1, burst: 2 } },
    });
    expect(await takes(3, 'one')).toEqual([undefined, undefined, 1_000]);
    expect(await takes(2, 'two')).toEqual([undefined, 1_000]);
    expect(await takes(1, 'one', beta)).toEqual([undefined]);
    pass(1_000);
    expect(await takes(1, 'two')).toEqual([undefined]);
  });

  it('takes a named tenant’s own rates in place of the others’', async () => {
    const file = { version: 1, default: { tenant: { requestsPerSecond: 1, burst: 1 } }, tenants: { acme: {} } };
    expect((await meterOf(file).takes(50)).filter((wait) => wait !== undefined)).toEqual([]);
    expect(await meterOf(file).takes(2, 'k', beta)).toEqual([undefined, 1_000]);
  });

  it('gains nothing from a clock that is set back', async () => {
    const { takes, pass } = meterOf({ version: 1, default: { tenant: { requestsPerSecond: 1, burst: 1 } } });
    expect(await takes(1)).toEqual([undefined]);
    pass(-5_000);
    expect(await takes(1)).toEqual([1_000]);
  });
});

describe('meters of several processes', () => {
  const hourly = 1 / 3_600;
  const fileOf = (requestsPerSecond: number, burst: number) => ({
    version: 1,
    default: { tenant: { requestsPerSecond, burst } },
  });

  it('let together through what one would', async () => {
    const shared = new MemoryStates();
    const meters = [1, 2, 3].map(() => meterOf(fileOf(hourly, 100), shared));
    const counts = await Promise.all(meters.map((meter) => letThrough(meter, 60)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100);
    expect(await letThrough(meters[0]!, 5)).toBe(0);
  });

  it('ask seldom while there is plenty, and give back what nobody wanted', async () => {
    const shared = new MemoryStates();
    let asked = 0;
    const counted: SharedStates = {
      change: (...change) => {
        asked += 1;
        return shared.change(...change);
      },
    };
    const first = meterOf(fileOf(400, 1_600), counted);
    expect(await letThrough(first, 1)).toBe(1);
    for (let count = 1; count < 800; count += 1) await first.takes(1);
    expect(asked).toBeLessThan(30);
    await first.meter.close();
    const second = meterOf(fileOf(400, 1_600), shared);
    expect(await letThrough(second, 1_600)).toBe(800);
  });

  it('gain no time twice where their clocks differ', async () => {
    const shared = new MemoryStates();
    const [ahead, behind] = [meterOf(fileOf(1, 1), shared), meterOf(fileOf(1, 1), shared)];
    ahead.pass(10_000);
    expect(await letThrough(ahead, 1)).toBe(1);
    for (const meter of [behind, ahead, behind, ahead]) expect(await letThrough(meter, 2)).toBe(0);
  });

  it('count alone while the store is away, from what they knew, and together again when it is back', async () => {
    const shared = new MemoryStates();
    let isAway = false;
    const unsteady: SharedStates = {
      change: (...change) => (isAway ? Promise.reject(new Error('away')) : shared.change(...change)),
    };
    const [one, two] = [meterOf(fileOf(hourly, 10), unsteady), meterOf(fileOf(hourly, 10), unsteady)];
    expect(await letThrough(one, 4)).toBe(4);
    isAway = true;
    expect(await letThrough(one, 10)).toBe(6);
    expect(await letThrough(two, 20)).toBe(10);
    expect(one.troubles).toHaveLength(1);
    isAway = false;
    for (const { pass } of [one, two]) pass(5_000);
    // The first one after a while finds out, and does not wait for it.
    for (const meter of [one, two]) await letThrough(meter, 1);
    for (const { pass } of [one, two]) pass(5_000);
    expect([await letThrough(one, 10), await letThrough(two, 10)]).toEqual([6, 0]);
  });
});

describe('a file of limits', () => {
  it.each([
    [{ version: 1, default: { tenant: { requestsPerSecond: 0 } } }, /default\.tenant\.requestsPerSecond/],
    [{ version: 1, tenants: { acme: { pages: 3 } } }, /tenants\.acme: Unrecognized key/],
    [{ version: 1, default: { key: { burst: 3 } } }, /default\.key: a burst needs requestsPerSecond/],
    [{ version: 1, tenants: { 'No name': {} } }, /tenants/],
    [{}, /version/],
  ])('is refused with a sentence: %j', (file, sentence) => {
    expect(() => parseRequestLimits(file)).toThrow(sentence);
  });
});
