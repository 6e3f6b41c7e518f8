import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Purse } from '@waybill/llm-routing';
import { PURSE } from '@waybill/persistence';
import { exitCodes } from '../../../apps/cli/src/exit-code.js';
import { runCli } from '../../../apps/cli/src/run-cli.js';
import { billOf, intentOf, reserved } from '../money/money-fixtures.js';
import { startResults, type RunningResults } from './start-results.js';
import { dayHasRoom } from '../../support/index.js';

let results: RunningResults;

beforeAll(async () => {
  await dayHasRoom(90_000);
  results = await startResults();
  const purse = results.app.get<Purse>(PURSE, { strict: false });
  for (const usd of [0.25, 0.5]) {
    await purse.settle(reserved(await purse.reserve(intentOf({ usd, tags: ['night'] }))), billOf(usd));
  }
  const images = [{ page: 1, estimatedTokens: 900, bytes: 5_000, width: 800, height: 1_200, detail: 'high' as const }];
  const seen = intentOf({ usd: 0.0625, tags: ['seen'], credential: 'wb_live_nightly', images });
  await purse.settle(reserved(await purse.reserve(seen)), billOf(0.0625));
  await purse.reserve(intentOf({ usd: 0.125, leaseMs: 0 }));
});

afterAll(async () => {
  await results.stop();
});

async function waybill(...parameters: string[]) {
  const output = { stdout: '', stderr: '' };
  const code = await runCli(['--url', results.url, '--tenant', 'acme', ...parameters], {
    environment: { NO_COLOR: '1' },
    workingFolder: '.',
    stdout: { write: (text: string) => void (output.stdout += text) },
    stderr: { write: (text: string) => void (output.stderr += text) },
  });
  return { code, ...output };
}

const words = (line: string | undefined): string[] => (line ?? '').split(/\s{2,}/).map((word) => word.trim());

describe('waybill usage', () => {
  it('shows what was spent on what, and what nobody knows of', async () => {
    const { code, stdout, stderr } = await waybill('usage', '--by', 'tag,model', '--since', '1h');
    const lines = stdout.trim().split('\n');
    expect(code).toBe(exitCodes.ok);
    expect(words(lines[0])).toEqual(['tag', 'model', 'calls', 'pages', 'input', 'cached', 'output', 'cost']);
    expect(words(lines[1])).toEqual(['night', 'maker/fine-2026-01-01', '2', '2', '1,800', '–', '100', '$0.7500']);
    expect(stderr).toContain('Unconfirmed: 1 call of at most $0.1250');
  });

  it('shows who asked, how pictures went, and all tenants', async () => {
    const keys = await waybill('usage', '--by', 'key', '--key', 'wb_live_nightly');
    expect(words(keys.stdout.trim().split('\n')[1])).toEqual([
      'wb_live_nightly',
      '1',
      '1',
      '900',
      '–',
      '50',
      '$0.0625',
    ]);
    const [head, picture] = (await waybill('usage', '--by', 'image', '--tag', 'seen')).stdout.trim().split('\n');
    const titles = ['image', 'pixels', 'detail', 'bytes', 'estimated', 'billed', 'calls', 'pages', 'input', 'cached'];
    expect(words(head)).toEqual([...titles, 'output', 'cost']);
    const facts = ['800x1200', 'high', '5,000', '900', '–', '1', '1', '900', '–', '50', '$0.0625'];
    expect(words(picture)).toEqual(['job-1/0/1', ...facts]);
    const { stdout } = await waybill('usage', '--by', 'tenant', '--all-tenants', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ rows: [{ group: { tenant: 'acme' }, calls: 3 }] });
  });

  it('writes JSON or CSV for programs, and says when there is nothing', async () => {
    const { stdout } = await waybill('usage', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ by: ['model'], totals: { calls: 3, costUsd: 0.8125 } });
    const csv = await waybill('usage', '--by', 'tag', '--csv');
    expect(csv.stdout.split(/\r?\n/)[1]).toMatch(/^night,2,0\.75,/);
    expect((await waybill('usage', '--until', '2020-01-01')).stderr).toContain('Nothing was booked');
  });
});

describe('waybill budget', () => {
  it('sets, lists and removes', async () => {
    const set = await waybill(
      'budget',
      'set',
      'nights',
      '--cap',
      '2.5',
      '--per',
      'day',
      '--over',
      'wait',
      '--tag',
      'night',
    );
    expect(set.code).toBe(exitCodes.ok);
    const row = ['nights', 'tag night', 'day', 'wait', '$2.50', '$0.7500', '$0', '$1.75'];
    expect(words(set.stdout.trim().split('\n')[1])).toEqual(row);
    expect(words((await waybill('budget')).stdout.trim().split('\n')[1])).toEqual(row);
    expect((await waybill('budget', 'remove', 'nights')).stdout).toContain('nights is removed');
    expect((await waybill('budget', 'remove', 'nights')).code).toBe(exitCodes.notFound);
    expect((await waybill('budget', 'list')).stderr).toContain('There are no budgets');
  });
});
