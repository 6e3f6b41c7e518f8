import { describe, expect, it } from '@jest/globals';
import type { UsageView } from '@waybill/contracts';
import { daysOf } from './days-of.js';

describe('the days of a span', () => {
  it('are all there, also without a booking, over the end of a month', () => {
    const rows = [{ group: { day: '2026-03-01' }, costUsd: 2, calls: 3 }] as unknown as UsageView['rows'];
    expect(daysOf({ from: '2026-02-27T18:00:00.000Z', to: '2026-03-02T01:00:00.000Z', rows })).toEqual([
      { day: '2026-02-27', costUsd: 0, calls: 0 },
      { day: '2026-02-28', costUsd: 0, calls: 0 },
      { day: '2026-03-01', costUsd: 2, calls: 3 },
      { day: '2026-03-02', costUsd: 0, calls: 0 },
    ]);
  });
});
