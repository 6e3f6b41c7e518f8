import { describe, expect, it } from '@jest/globals';
import type { UsageSums, UsageView } from '@waybill/contracts';
import { usageCsv } from './usage-csv.js';

const sums: UsageSums = {
  ...{ calls: 2, costUsd: 0.0000000015, inputTokens: 10, cachedInputTokens: 0, imageTokens: 0, outputTokens: 3 },
  ...{ reasoningTokens: 0, estimatedInputTokens: 12, images: 0, pages: 1.5, simulatedCostUsd: 0 },
};
const view = (more: Partial<UsageView>): UsageView => ({
  ...{ from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z', by: [], rows: [], isCut: false, totals: sums },
  ...{ reserved: { calls: 0, mostUsd: 0 }, unconfirmed: { calls: 0, mostUsd: 0 }, ...more },
});
const head =
  'calls,costUsd,inputTokens,cachedInputTokens,imageTokens,outputTokens,reasoningTokens,estimatedInputTokens,images,pages,simulatedCostUsd';

describe('usageCsv', () => {
  it('is the totals without groups, in plain decimals', () => {
    expect(usageCsv(view({}))).toBe(`${head}\r\n2,0.0000000015,10,0,0,3,0,12,0,1.5,0\r\n`);
  });

  it('has a line a group, quotes what must be and runs no formula', () => {
    const group = (tag: string | null) => ({ ...sums, group: { tag, day: '2026-01-01' } });
    const rows = ['plain', 'a "b", c', '=1+1', null].map(group);
    const lines = usageCsv(view({ by: ['tag', 'day'], rows })).split('\r\n');
    expect(lines[0]).toBe(`tag,day,${head}`);
    expect(lines.slice(1, 5).map((line) => line.slice(0, line.indexOf('2026')))).toEqual([
      'plain,',
      '"a ""b"", c",',
      "'=1+1,",
      ',',
    ]);
  });
});
