/**
 * What the OpenAI-compatible door adds to a call: latency, requests a second, processor time, memory.
 *
 *   npm run bench:gateway -- [--peer DIR] [--ledger] [--latency 50] [--seconds 3] [--rounds 3] [--json FILE]
 *
 * Beside it, in the same run: the provider itself, a minimal proxy, and Portkey's gateway if DIR holds it in its
 * node_modules. `--ledger` also measures the door with its books in Postgres.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, startPostgres } from '../../dist/libs/embedded-servers/src/index.js';
import { migrate } from '../../dist/libs/persistence/src/index.js';
import { askAgain, requestBytes } from './gateway/raw-client.mjs';
import { cpuMs, memoryMib, startTargets } from './gateway/targets.mjs';
import { keepFigures, median, percentile, printTable, readOptions } from './report.mjs';

const options = readOptions({
  peer: { type: 'string' },
  ledger: { type: 'boolean', default: false },
  latency: { type: 'string', default: '50' },
  seconds: { type: 'string', default: '3' },
  rounds: { type: 'string', default: '3' },
});
const seconds = Number(options.seconds);
const model = 'openai/gpt-5.4-mini';
const text = 'Extract the number, the date, the seller and the total of the invoice on this page. '
  .repeat(11)
  .slice(0, 880);
const url = `data:image/png;base64,${randomBytes(786_000).toString('base64')}`;
const image = [{ type: 'image_url', image_url: { url, detail: 'high' } }];
const bodies = {
  '1 KB': JSON.stringify({ model, messages: [{ role: 'user', content: text }], max_tokens: 256 }),
  '1 MB': JSON.stringify({ model, messages: [{ role: 'user', content: image }], max_tokens: 256 }),
};

/** Asks again and again, so many at once. @returns milliseconds of each answer, and what one took of the processor */
async function load(target, body, concurrency, lengthMs) {
  const { url: address, pid, headers } = target;
  const request = requestBytes({ url: address, headers: { ...headers, authorization: 'Bearer sk-bench' } }, body);
  const times = [];
  const cpuBefore = cpuMs(pid);
  const begun = performance.now();
  const isOver = () => performance.now() - begun >= lengthMs;
  const askOn = () => askAgain(address, request, isOver, (ms) => times.push(ms));
  await Promise.all(Array.from({ length: concurrency }, askOn));
  const tookMs = performance.now() - begun;
  const cpuMsEach = (cpuMs(pid) - cpuBefore) / times.length;
  return { p50: median(times), p99: percentile(times, 0.99), perSecond: (1_000 * times.length) / tookMs, cpuMsEach };
}

const middle = (rounds, figure) => median(rounds.map((each) => each[figure]));

async function measure(targets) {
  const rows = [];
  for (const [size, body] of Object.entries(bodies)) {
    // Thousands of small requests: a server that has just started runs code that is not compiled yet.
    for (const target of targets) await load(target, body, size === '1 KB' ? 64 : 16, 4_000);
    for (const concurrency of [1, 16, 64]) {
      const runs = new Map(targets.map(({ name }) => [name, []]));
      for (let round = 0; round < Number(options.rounds); round += 1) {
        const order = round % 2 === 0 ? targets : targets.toReversed();
        for (const target of order) runs.get(target.name).push(await load(target, body, concurrency, 1_000 * seconds));
      }
      const direct = runs.get('direct');
      for (const { name, pid } of targets) {
        const own = runs.get(name);
        rows.push({
          ...{ size, concurrency, name, perSecond: middle(own, 'perSecond'), cpuMsEach: middle(own, 'cpuMsEach') },
          addedP50Ms: middle(own, 'p50') - middle(direct, 'p50'),
          addedP99Ms: middle(own, 'p99') - middle(direct, 'p99'),
          memoryMib: memoryMib(pid),
        });
      }
    }
  }
  return rows;
}

const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
const postgres = options.ledger ? await startPostgres({ dataDir: join(folder, 'postgres') }) : undefined;
const databaseUrl = postgres && (await createDatabase(postgres.url, 'waybill'));
if (databaseUrl) await migrate(databaseUrl);
const { targets, stop } = await startTargets({
  ...{ latencyMs: Number(options.latency), peer: options.peer, databaseUrl, folder },
});
try {
  const rows = await measure(targets);
  printTable(
    ['body', 'at once', 'who', 'added p50 ms', 'added p99 ms', 'a second', 'CPU ms each', 'MiB (most)'],
    rows.map((row) => [
      ...[row.size, row.concurrency, row.name, row.addedP50Ms.toFixed(2), row.addedP99Ms.toFixed(2)],
      ...[row.perSecond.toFixed(0), row.cpuMsEach.toFixed(2), `${row.memoryMib.now} (${row.memoryMib.most})`],
    ]),
  );
  await keepFigures(options.json, 'gateway', { latencyMs: Number(options.latency), rows });
} finally {
  await stop();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}
