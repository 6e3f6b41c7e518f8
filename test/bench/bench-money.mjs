/**
 * Reservations and settlements a second, on an embedded Postgres that keeps what it says (fsync on).
 *
 *   npm run bench:money -- [--calls 2000] [--json FILE]
 *
 * Each call is reserved and settled, one after the other, by as many workers as the row says, over pools of 10
 * connections. Budgets: none; one for all of the tenant, which all workers share; one for each of 16 tenants.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../dist/libs/embedded-servers/src/index.js';
import { Database, migrate, PostgresBudgetBook, PostgresPurse } from '../../dist/libs/persistence/src/index.js';
import { keepFigures, percentile, printTable, readOptions } from './report.mjs';

const options = readOptions({ calls: { type: 'string', default: '2000' } });
const calls = Number(options.calls);
const clock = { now: () => new Date() };
const usage = {
  inputTokens: 900,
  outputTokens: 50,
  cachedInputTokens: 0,
  cacheWrittenInputTokens: 0,
  imageTokens: 0,
  reasoningTokens: 0,
};

const cases = [
  { budgets: 'none', tenants: 1, workers: 1 },
  { budgets: 'none', tenants: 1, workers: 64 },
  { budgets: 'one, shared', tenants: 1, workers: 1 },
  { budgets: 'one, shared', tenants: 1, workers: 64 },
  { budgets: 'one a tenant', tenants: 16, workers: 64 },
];

const intentOf = (key, tenant) => ({
  job: { tenant, jobId: `job-${key % 50}` },
  tags: [],
  document: 0,
  pages: [1],
  idempotencyKey: `bench-${key}`,
  purpose: 'answer',
  task: 'extract',
  provider: 'maker',
  model: 'maker/fine',
  tier: 2,
  catalogVersion: 'bench',
  most: 1_000_000_000n,
  estimatedInputTokens: 1_000,
  leaseMs: 60_000,
});

async function measure(database, { budgets, tenants, workers }) {
  await database.execute('TRUNCATE budgets, reservations, ledger, spending', []);
  const names = Array.from({ length: tenants }, (_, index) => `tenant-${index}`);
  const book = new PostgresBudgetBook(database, clock);
  const budget = { name: 'all', window: 'day', capUsd: 1_000_000, over: 'refuse' };
  if (budgets !== 'none') for (const tenant of names) await book.put(tenant, budget);
  const purse = new PostgresPurse(database, clock);
  const reserveMs = [];
  let next = 0;
  const work = async () => {
    for (let key = next++; key < calls; key = next++) {
      const began = performance.now();
      const answer = await purse.reserve(intentOf(key, names[key % tenants]));
      reserveMs.push(performance.now() - began);
      if (answer.kind !== 'reserved') throw new Error(`Not reserved: ${answer.reason}`);
      await purse.settle(answer.reservation, { spent: 500_000_000n, usage, model: 'maker/fine', durationMs: 1 });
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: workers }, work));
  const seconds = (performance.now() - began) / 1_000;
  return {
    budgets,
    tenants,
    workers,
    callsPerSecond: Math.round(calls / seconds),
    p50Ms: percentile(reserveMs, 0.5),
    p99Ms: percentile(reserveMs, 0.99),
  };
}

const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
const server = await startPostgres({ dataDir: join(folder, 'postgres') });
try {
  await migrate(server.url);
  const database = new Database(server.url, { poolSize: 10 });
  await measure(database, cases[0]);
  const rows = [];
  for (const each of cases) rows.push(await measure(database, each));
  await database.close();
  printTable(
    ['budgets', 'tenants', 'workers', 'calls/s', 'reserve p50 ms', 'reserve p99 ms'],
    rows.map((row) => [
      row.budgets,
      row.tenants,
      row.workers,
      row.callsPerSecond,
      row.p50Ms.toFixed(2),
      row.p99Ms.toFixed(2),
    ]),
  );
  await keepFigures(options.json, 'money', { calls, rows });
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
