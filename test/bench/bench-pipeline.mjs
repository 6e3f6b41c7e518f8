/**
 * Jobs a second and latency through all four services, beside the ceiling of raw JetStream in the same run.
 *
 *   npm run bench:pipeline -- [--jobs 5000] [--rate 100] [--seconds 20] [--growth 20000] [--rounds 3] [--json FILE]
 *
 * The reader reads nothing (WAYBILL_OCR_ENGINE=none) and the free tier finds nothing to look at, so what is measured
 * is carrying. The document is put into the store once and named by every job.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { Objm } from '@nats-io/obj';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { bareDone, bareWork } from './bare-subjects.mjs';
import { measureCeiling } from './ceiling.mjs';
import { startBenchStack } from './bench-stack.mjs';
import { keepFigures, median, percentile, printTable, readOptions } from './report.mjs';

const tenant = 'bench';
/** Whose messages are watched one by one: an observer of all of them would take a tenth of the processors from what it observes. */
const watchedTenant = 'bench-watched';
const watchedOneIn = 4;
const bareName = 'bare hop';
const hopNames = ['accept', 'plan', 'send', 'read', 'gather', 'answer', 'record'];
/** Messages that one job of one page publishes and that are consumed and acked: submit, 4 events, read, answer. */
const messagesPerJob = 8;
const growthPoints = 4;
/** A pace is kept in several rounds, so that a second in which the machine did something else does not count for all. */
const pacedRoundCount = 5;
/** As large as an event of these jobs is on the way. */
const bareBytes = 1_024;

const options = readOptions({
  jobs: { type: 'string', default: '5000' },
  rate: { type: 'string', default: '100' },
  seconds: { type: 'string', default: '20' },
  growth: { type: 'string', default: '20000' },
  rounds: { type: 'string', default: '3' },
});
const number = (name) => Number(options[name]);

const stack = await startBenchStack({ WAYBILL_OCR_ENGINE: 'none' });
const connection = await connect({ servers: stack.natsUrl });
const client = jetstream(connection);

async function putDocument() {
  // A single white pixel, as PNG.
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==',
    'base64',
  );
  for (const owner of [tenant, watchedTenant]) {
    const bucket = await new Objm(connection).create(`waybill-documents-${owner}`);
    await bucket.putBlob({ name: 'pixel.png' }, png);
  }
}

/** Submits `count` jobs at `rate` a second and waits until every one is recorded in Postgres. */
async function carry(prefix, count, rate) {
  const watch = Number.isFinite(rate) ? watchHops(prefix, Math.ceil(count / watchedOneIn)) : watchEnds(prefix, count);
  const before = stack.cpuMs();
  const started = performance.now();
  await submitAll(prefix, count, rate, started);
  await watch.finished;
  const finishedSeconds = (performance.now() - started) / 1_000;
  await recorded();
  const recordedSeconds = (performance.now() - started) / 1_000;
  const cpuMsPerJob = Object.fromEntries(
    Object.entries(stack.cpuMs()).map(([name, ms]) => [name, (ms - before[name]) / count]),
  );
  const jobsPerSecond = count / recordedSeconds;
  return { jobs: count, finishedSeconds, recordedSeconds, jobsPerSecond, cpuMsPerJob, hops: watch.summary() };
}

async function submitAll(prefix, count, rate, started) {
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < count; index = next++) {
      if (Number.isFinite(rate)) await until(started + (1_000 * index) / rate);
      const owner = Number.isFinite(rate) && index % watchedOneIn === 0 ? watchedTenant : tenant;
      const submission = {
        id: `${prefix}-${index}`,
        tenant: owner,
        documents: [{ object: 'pixel.png' }],
        task: { kind: 'extract', schema: 'receipt' },
      };
      await client.publish(`waybill.${owner}.intake.submit`, JSON.stringify(submission));
    }
  };
  await Promise.all(Array.from({ length: 64 }, lane));
}

const until = (moment) => new Promise((resolve) => setTimeout(resolve, Math.max(0, moment - performance.now())));

/** Hears of final states only: at full speed, an observer of every message would be part of the load. */
function watchEnds(prefix, count) {
  let ended = 0;
  let resolveFinished;
  const finished = new Promise((resolve) => (resolveFinished = resolve));
  const subscription = connection.subscribe(`waybill.${tenant}.events.*.job.finished`, {
    callback: (_error, message) => {
      if (message.subject.split('.')[3].startsWith(`${prefix}-`) && ++ended === count) resolveFinished();
    },
  });
  return { finished, summary: () => void subscription.unsubscribe() };
}

/** Watches the messages of one job in four go by on one clock, and tells hops apart by their subjects. */
function watchHops(prefix, count) {
  const moments = new Map();
  let ended = 0;
  let resolveFinished;
  const finished = new Promise((resolve) => (resolveFinished = resolve));
  const subscription = connection.subscribe(`waybill.${watchedTenant}.>`, {
    callback: (_error, message) => {
      const now = performance.now();
      const [, , stage, fourth, fifth] = message.subject.split('.');
      const name = stage === 'events' ? fifth : stage;
      const id = stage === 'events' ? fourth : idIn(message);
      if (!id?.startsWith(`${prefix}-`)) return;
      const job = moments.get(id) ?? {};
      moments.set(id, job);
      const key = name === 'job' ? message.subject.split('.')[5] : name;
      job[key] ??= now;
      if (key === 'finished' && ++ended === count) resolveFinished();
    },
  });
  const recordDelays = [];
  // The record of an event ends with its ack, whose subject tells when the event was stored (nanoseconds).
  const acks = connection.subscribe('$JS.ACK.WAYBILL_EVENTS.results-record.>', {
    callback: (_error, message) => {
      if (message.string().startsWith('+ACK')) recordDelays.push(wallClockMs() - storedMs(message.subject));
    },
  });
  const summary = () => {
    subscription.unsubscribe();
    acks.unsubscribe();
    const jobs = [...moments.values()];
    const between = (from, to) => jobs.map((job) => job[to] - job[from]).filter(Number.isFinite);
    const series = {
      accept: between('intake', 'accepted'),
      plan: between('accepted', 'planned'),
      send: between('planned', 'ocr'),
      read: between('ocr', 'page-ended'),
      gather: between('page-ended', 'reasoning'),
      answer: between('reasoning', 'finished'),
      record: recordDelays,
      'whole job': between('intake', 'finished'),
    };
    return Object.fromEntries(
      Object.entries(series).map(([name, values]) => [
        name,
        { p50: percentile(values, 0.5), p99: percentile(values, 0.99), count: values.length },
      ]),
    );
  };
  return { finished, summary };
}

/** A hop that does nothing else, beside the services at the same pace: what the machine takes for it. */
async function paceBareHop(round) {
  const moments = new Map();
  const delays = [];
  const [rate, count] = [number('rate'), number('rate') * number('seconds')];
  let resolveFinished;
  const finished = new Promise((resolve) => (resolveFinished = resolve));
  const subscriptions = [
    connection.subscribe(bareWork, {
      callback: (_error, message) => moments.set(message.json().id, performance.now()),
    }),
    connection.subscribe(bareDone, {
      callback: (_error, message) => {
        delays.push(performance.now() - moments.get(message.json().id));
        if (delays.length === count) resolveFinished();
      },
    }),
  ];
  const started = performance.now();
  const lane = async () => {
    for (let index = 0; index < count; index += 1) {
      await until(started + (1_000 * index) / rate);
      void client.publish(bareWork, JSON.stringify({ id: `${round}-${index}`, filler: 'x'.repeat(bareBytes) }));
    }
  };
  await Promise.all([lane(), carry(`beside${round}`, count, rate)]);
  await finished;
  for (const subscription of subscriptions) subscription.unsubscribe();
  return { p50: percentile(delays, 0.5), p99: percentile(delays, 0.99), count };
}

function startBareHop() {
  const env = { ...process.env, NATS_URL: stack.natsUrl, DATABASE_URL: stack.databaseUrl };
  const child = fork(join(import.meta.dirname, 'bare-hop.mjs'), [], { env });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`The bare hop ended with ${code} before it was ready.`)));
  });
}

async function measureBareHop() {
  const child = await startBareHop();
  const rounds = [];
  // The first round compiles it.
  for (let round = 0; round <= pacedRoundCount; round++) rounds.push(await paceBareHop(round));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
  return rounds.slice(1);
}

const idPattern = /"(?:id|jobId)":"([^"]+)"/;
const idIn = (message) => idPattern.exec(message.string())?.[1];

const wallClockMs = () => performance.timeOrigin + performance.now();

function storedMs(ackSubject) {
  const tokens = ackSubject.split('.');
  return Number(tokens[tokens.length === 9 ? 7 : 9]) / 1e6;
}

/** Resolves when every event is in Postgres. */
async function recorded() {
  const manager = await jetstreamManager(connection);
  for (;;) {
    const { num_pending: pending, num_ack_pending: unacked } = await manager.consumers.info(
      'WAYBILL_EVENTS',
      'results-record',
    );
    if (pending + unacked === 0) return;
    await until(performance.now() + 5);
  }
}

/** Resident memory along the way: what is let go late and what is never let go look alike at two points only. */
async function measureGrowth() {
  const first = 1_000;
  await carry('few', first, Number.POSITIVE_INFINITY);
  const points = [{ jobs: first, ...(await stack.memory()) }];
  const stride = number('growth') / growthPoints;
  for (let point = 1; point <= growthPoints; point++) {
    await carry(`many${point}`, stride, Number.POSITIVE_INFINITY);
    points.push({ jobs: first + point * stride, ...(await stack.memory()) });
  }
  return points;
}

async function main() {
  await putDocument();
  // What is measured at a steady pace is a warm system's, on a disk that is done with what the flood left.
  await carry('warm', number('jobs'), Number.POSITIVE_INFINITY);
  await stack.settle();
  await carry('settled', number('rate') * 10, number('rate'));
  const pacedRounds = [];
  for (let round = 0; round < pacedRoundCount; round++) {
    pacedRounds.push((await carry(`paced${round}`, number('rate') * number('seconds'), number('rate'))).hops);
  }
  const bareRounds = await measureBareHop();
  const rounds = [];
  for (let round = 0; round < number('rounds'); round++) {
    const flood = await carry(`flood${round}`, number('jobs'), Number.POSITIVE_INFINITY);
    const ceiling = await measureCeiling({
      url: stack.natsUrl,
      messages: number('jobs') * messagesPerJob,
      payloadBytes: 1_024,
      inFlight: 256,
    });
    const ceilingJobs = ceiling / messagesPerJob;
    rounds.push({
      jobsPerSecond: flood.jobsPerSecond,
      ceilingJobsPerSecond: ceilingJobs,
      share: flood.jobsPerSecond / ceilingJobs,
      finishedSeconds: flood.finishedSeconds,
      recordedSeconds: flood.recordedSeconds,
      cpuMsPerJob: flood.cpuMsPerJob,
    });
    console.log(
      `round ${round + 1}: ${flood.jobsPerSecond.toFixed(0)} jobs/s, ceiling ${ceilingJobs.toFixed(0)} jobs/s`,
    );
  }
  const memory = await measureGrowth();

  printTable(
    ['round', 'jobs/s', 'ceiling jobs/s', 'share'],
    rounds.map((round, index) => [
      index + 1,
      round.jobsPerSecond.toFixed(0),
      round.ceilingJobsPerSecond.toFixed(0),
      `${(100 * round.share).toFixed(1)} %`,
    ]),
  );
  printTable(
    [`at ${options.rate} jobs/s`, 'p50 ms', 'p99 ms', 'p99 of the rounds'],
    [...hopNames, 'whole job', bareName].map((name) => {
      const ofRounds = name === bareName ? bareRounds : pacedRounds.map((hops) => hops[name]);
      const [p50, p99] = ['p50', 'p99'].map((share) => ofRounds.map((hop) => hop[share]));
      return [name, median(p50).toFixed(2), median(p99).toFixed(2), p99.map((ms) => ms.toFixed(1)).join(' ')];
    }),
  );
  printTable(
    ['MiB resident, in use; after jobs', ...Object.keys(memory[0]).slice(1)],
    memory.map(({ jobs, ...services }) => [
      jobs,
      ...Object.values(services).map(({ resident, live }) => `${resident}, ${live}`),
    ]),
  );
  const share = median(rounds.map((round) => round.share));
  console.log(`median share of the ceiling: ${(100 * share).toFixed(1)} % (target: at least 25 %)`);
  await keepFigures(options.json, 'pipeline', {
    messagesPerJob,
    rounds,
    medianShare: share,
    pacedRounds,
    bareRounds,
    memory,
  });
}

try {
  await main();
} finally {
  await connection.close();
  await stack.stop();
}
