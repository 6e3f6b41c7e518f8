/**
 * What a job leaves behind: bytes a job in Postgres by table, in the streams, and in the document store; and how many messages
 * it puts into each stream.
 *
 *   npm run bench:growth -- [--jobs 400] [--json FILE]
 *
 * Each job is one of the project's own samples, read and extracted by the free tier. The documents are put in once for all
 * jobs, so the store's figure is of what the jobs add: their layouts. A page is read once and then found in the cache.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import { connect } from '@nats-io/transport-node';
import { Client } from 'pg';
import { drawSamples } from '../../dist/libs/samples/src/index.js';
import { startBenchStack } from './bench-stack.mjs';
import { keepFigures, printTable, readOptions } from './report.mjs';

const tenant = 'growth';
const options = readOptions({ jobs: { type: 'string', default: '400' } });
const jobCount = Number(options.jobs);
const perMillion = (bytes) => `${(bytes / 1_000).toFixed(1)} GB`;

const folder = await mkdtemp(join(tmpdir(), 'waybill-growth-'));
const stack = await startBenchStack({});
const connection = await connect({ servers: stack.natsUrl });
const database = new Client({ connectionString: stack.databaseUrl });
await database.connect();

async function putSamples() {
  const samples = (await drawSamples(folder)).filter(({ pages }) => pages === 1);
  const bucket = await new Objm(connection).create(`waybill-documents-${tenant}`);
  for (const { name, path } of samples) await bucket.putBlob({ name }, await readFile(path));
  return samples.map(({ name }) => name);
}

async function tableBytes() {
  const { rows } = await database.query(
    `select relname as name, pg_total_relation_size(relid)::float8 as bytes from pg_stat_user_tables`,
  );
  return Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]));
}

async function streamBytes() {
  const manager = await jetstreamManager(connection);
  const bytes = {};
  const messages = {};
  for await (const { config, state } of manager.streams.list()) {
    bytes[config.name] = state.bytes;
    // The last number tells of messages that are gone again, too.
    messages[config.name] = state.last_seq;
  }
  return { bytes, messages };
}

/** Submits the jobs and resolves when the last one is in Postgres. */
async function carry(names, prefix, count) {
  let ended = 0;
  const finished = new Promise((resolve) => {
    connection.subscribe(`waybill.${tenant}.events.*.job.finished`, {
      callback: (_error, message) => {
        if (message.subject.split('.')[3].startsWith(`${prefix}-`) && ++ended === count) resolve();
        if (process.stdout.isTTY) process.stdout.write(`\r${ended} of ${count} jobs `);
      },
    });
  });
  const client = jetstream(connection);
  for (let index = 0; index < count; index++) {
    const documents = [{ object: names[index % names.length] }];
    const task = { kind: 'extract', schema: 'receipt' };
    await client.publish(
      `waybill.${tenant}.intake.submit`,
      JSON.stringify({ id: `${prefix}-${index}`, tenant, documents, task }),
    );
  }
  await finished;
  for (;;) {
    const { rows } = await database.query(`select count(*)::int as count from results where job_id like $1`, [
      `${prefix}-%`,
    ]);
    if (rows[0].count === count) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function measure() {
  const { bytes, messages } = await streamBytes();
  return { tables: await tableBytes(), streams: bytes, messages };
}
const grown = (before, after, kind) =>
  Object.entries(after[kind])
    .map(([name, bytes]) => ({ name, bytesPerJob: (bytes - (before[kind][name] ?? 0)) / jobCount }))
    .filter(({ bytesPerJob }) => bytesPerJob > 1)
    .sort((a, b) => b.bytesPerJob - a.bytesPerJob);

const jobMessages = (before, after) =>
  Object.entries(after.messages)
    .map(([name, count]) => ({ name, perJob: (count - (before.messages[name] ?? 0)) / jobCount }))
    .filter(({ name, perJob }) => name.startsWith('WAYBILL_') && perJob > 0.1)
    .sort((a, b) => b.perJob - a.perJob);

try {
  const names = await putSamples();
  await carry(names, 'warm', 2 * names.length);
  const before = await measure();
  await carry(names, 'measured', jobCount);
  const after = await measure();
  const tables = grown(before, after, 'tables');
  const streams = grown(before, after, 'streams');
  const messages = jobMessages(before, after);
  for (const [title, rows] of [
    ['table', tables],
    ['stream or bucket', streams],
  ]) {
    const total = rows.reduce((sum, { bytesPerJob }) => sum + bytesPerJob, 0);
    printTable(
      [title, 'bytes a job', 'a million jobs'],
      [...rows, { name: 'in all', bytesPerJob: total }].map(({ name, bytesPerJob }) => [
        name,
        bytesPerJob.toFixed(0),
        perMillion(bytesPerJob),
      ]),
    );
  }
  printTable(
    ['stream', 'messages a job'],
    messages.map(({ name, perJob }) => [name, perJob.toFixed(2)]),
  );
  await keepFigures(options.json, 'growth', { jobs: jobCount, tables, streams, messages });
} finally {
  await database.end();
  await connection.close();
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
}
