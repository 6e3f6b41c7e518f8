import { describe, expect, it } from '@jest/globals';
import { tenantSchema } from '@waybill/contracts';
import { parseRequestLimits } from './request-limits.js';
import { RequestMeter } from './request-meter.js';

const acme = tenantSchema.parse('acme');
const beta = tenantSchema.parse('beta');

function meterOf(file: unknown) {
  const limits = parseRequestLimits(file);
  let nowMs = 1_000_000;
  const meter = new RequestMeter(() => limits, { now: () => new Date(nowMs) });
  return {
    takes: (count: number, credential = 'k', tenant = acme) =>
      Array.from({ length: count }, () => meter.take({ tenant, credential })),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('a meter', () => {
  it('lets a burst through, then as many as the rate, and says when the next may come', () => {
    const { takes, pass } = meterOf({ version: 1, default: { tenant: { requestsPerSecond: 4, burst: 3 } } });
    expect(takes(4)).toEqual([undefined, undefined, undefined, 250]);
    pass(250);
    expect(takes(2)).toEqual([undefined, 250]);
    pass(60_000);
    expect(takes(4)).toEqual([undefined, undefined, undefined, 250]);
  });

  it('counts every key of a tenant, and the tenant; a refused request takes nothing', () => {
    const { takes, pass } = meterOf({
      version: 1,
      default: { tenant: { requestsPerSecond: 1, burst: 3 }, key: { requestsPerSecond: 1, burst: 2 } },
    });
    expect(takes(3, 'one')).toEqual([undefined, undefined, 1_000]);
    expect(takes(2, 'two')).toEqual([undefined, 1_000]);
    expect(takes(1, 'one', beta)).toEqual([undefined]);
    pass(1_000);
    expect(takes(1, 'two')).toEqual([undefined]);
  });

  it('takes a named tenant’s own rates in place of the others’', () => {
    const file = { version: 1, default: { tenant: { requestsPerSecond: 1, burst: 1 } }, tenants: { acme: {} } };
    expect(
      meterOf(file)
        .takes(50)
        .filter((wait) => wait !== undefined),
    ).toEqual([]);
    expect(meterOf(file).takes(2, 'k', beta)).toEqual([undefined, 1_000]);
  });

  it('gains nothing from a clock that is set back', () => {
    const { takes, pass } = meterOf({ version: 1, default: { tenant: { requestsPerSecond: 1, burst: 1 } } });
    expect(takes(1)).toEqual([undefined]);
    pass(-5_000);
    expect(takes(1)).toEqual([1_000]);
  });
});

describe('a file of limits', () => {
  it.each([
    [{ version: 1, default: { tenant: { requestsPerSecond: 0 } } }, /default\.tenant\.requestsPerSecond/],
    [{ version: 1, tenants: { acme: { pages: 3 } } }, /tenants\.acme: Unrecognized key/],
    [{ version: 1, tenants: { 'No name': {} } }, /tenants/],
    [{}, /version/],
  ])('is refused with a sentence: %j', (file, sentence) => {
    expect(() => parseRequestLimits(file)).toThrow(sentence);
  });
});
