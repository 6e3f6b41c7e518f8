/**
 * Scaling by lag without a cluster: real ocr processes start and stop as KEDA would have it, under a changing load.
 *
 *   npm run rehearse:scale -- [--seed 1] [--svg FILE] [--json FILE]
 *
 * The autoscaler reads nats-server's own monitoring endpoint. Its times (polling, stabilisation, cool-down) are a fifth to a
 * twelfth of the deployed ones, so that the rehearsal takes two minutes. Pages are read by an engine over HTTP that takes a second a
 * page, so that workers wait rather than compete for this machine's processors. Exits with 1 when a job is lost, ends
 * twice, or when the lag outgrows its bound.
 */
import { createServer } from 'node:http';
import { writeFile } from 'node:fs/promises';
import { connect } from '@nats-io/transport-node';
import { jetstream } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import sharp from 'sharp';
import { startBenchStack } from '../bench/bench-stack.mjs';
import { keepFigures, percentile, printTable, readOptions } from '../bench/report.mjs';
import { Autoscaler, lagOf } from './autoscaler.mjs';
import { drawRehearsal } from './draw-rehearsal.mjs';

const tenant = 'rehearsal';
const pageMs = 1_000;
const pagesAtOnce = 2;
const policy = {
  lagThreshold: 8,
  activationLag: 0,
  maxReplicas: 8,
  tolerance: 0.1,
  podsUp: 4,
  stabilisationMs: 10_000,
  cooldownMs: 10_000,
};
const pollMs = 1_000;
/** Jobs a second from each second on. */
const load = [
  { fromSecond: 0, rate: 0 },
  { fromSecond: 5, rate: 3 },
  { fromSecond: 25, rate: 12 },
  { fromSecond: 50, rate: 2 },
  { fromSecond: 80, rate: 0 },
];
const lastLoadSecond = 80;
/** A lag that capacity at full width could not work off in this time is out of bounds. */
const boundSeconds = 30;
const lagBound = (boundSeconds * policy.maxReplicas * pagesAtOnce * 1_000) / pageMs;
const hangMs = 240_000;

const options = readOptions({ svg: { type: 'string' }, seed: { type: 'string', default: '1' } });
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const rateAt = (second) => load.findLast(({ fromSecond }) => fromSecond <= second).rate;

/** Speaks the small contract of OCR servers: one word a page, after a second. */
async function startSlowEngine() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      setTimeout(() => {
        const results = [{ text: 'Total', bbox: [10, 10, 60, 30], confidence: 0.99 }];
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ results }));
      }, pageMs);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/ocr`, stop: () => server.close() };
}

/** A page that no other job has, so that no reading comes out of the cache. */
async function drawPage(index) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="80"><rect width="240" height="80" fill="white"/>
    <text x="10" y="50" font-size="28" font-family="sans-serif">${options.seed} ${index}</text></svg>`;
  return await sharp(Buffer.from(svg)).png().toBuffer();
}

const engine = await startSlowEngine();
const stack = await startBenchStack(
  {
    WAYBILL_OCR_ENGINE: 'ocr-server',
    WAYBILL_OCR_SERVER_URL: engine.url,
    WAYBILL_OCR_SERVER_COST_USD_PER_PAGE: '0',
    WAYBILL_OCR_WORKERS: String(pagesAtOnce),
    WAYBILL_LOG_LEVEL: 'fatal',
  },
  ['intake', 'reasoning', 'results'],
);
const connection = await connect({ servers: stack.natsUrl });
const client = jetstream(connection);

const submitted = new Map();
const ended = new Map();
let endedTwice = 0;
connection.subscribe(`waybill.${tenant}.events.*.job.finished`, {
  callback: (_error, message) => {
    const id = message.subject.split('.')[3];
    if (ended.has(id)) endedTwice += 1;
    else ended.set(id, { atMs: performance.now(), state: message.json().state });
  },
});

async function submit(index, bucket) {
  const name = `page-${index}.png`;
  await bucket.putBlob({ name }, await drawPage(index));
  const id = `job-${index}`;
  submitted.set(id, performance.now());
  const submission = { id, tenant, documents: [{ object: name }], task: { kind: 'read' } };
  await client.publish(`waybill.${tenant}.intake.submit`, JSON.stringify(submission));
}

/** Submits at the rate of the moment until the load is over. */
async function submitAll(started) {
  const bucket = await new Objm(connection).create(`waybill-documents-${tenant}`);
  let owed = 0;
  let before = 0;
  for (let index = 0; ;) {
    const second = (performance.now() - started) / 1_000;
    owed += (Math.min(second, lastLoadSecond) - before) * rateAt(before);
    before = second;
    for (; owed >= 1; owed -= 1) await submit(index++, bucket);
    if (second >= lastLoadSecond) return;
    await sleep(50);
  }
}

const pageLaneConsumers = ['ocr-read-page', 'ocr-read-page-middle', 'ocr-read-page-back'];

async function readLag() {
  const response = await fetch(`${stack.monitoringUrl}/jsz?acc=$G&consumers=true&config=true`);
  const jsz = await response.json();
  // Of several triggers the scaler follows the one that asks for most.
  return Math.max(...pageLaneConsumers.map((consumer) => lagOf(jsz, 'WAYBILL_PAGES', consumer) ?? 0));
}

/** Brings the processes to the wanted number; the youngest go first, as in a ReplicaSet. */
class Fleet {
  workers = [];
  ending = new Set();

  scaleTo(count) {
    while (this.workers.length < count) this.workers.push(stack.startWorker('ocr'));
    while (this.workers.length > count) {
      const end = this.workers.pop().then((stop) => stop());
      this.ending.add(end.finally(() => this.ending.delete(end)));
    }
  }

  async stop() {
    this.scaleTo(0);
    await Promise.all(this.ending);
  }
}

async function rehearse() {
  const started = performance.now();
  const autoscaler = new Autoscaler(policy);
  const fleet = new Fleet();
  const samples = [];
  const submitting = submitAll(started);
  for (;;) {
    const nowMs = performance.now() - started;
    const lag = await readLag();
    const replicas = autoscaler.decide(nowMs, lag);
    fleet.scaleTo(replicas);
    samples.push({ second: nowMs / 1_000, rate: rateAt(nowMs / 1_000), lag, replicas });
    process.stdout.write(
      `\r${(nowMs / 1_000).toFixed(0).padStart(4)} s   ${String(rateAt(nowMs / 1_000)).padStart(3)} jobs/s   lag ${String(lag).padStart(4)}   workers ${replicas}   ended ${ended.size} of ${submitted.size}   `,
    );
    const isOver = nowMs > lastLoadSecond * 1_000 && ended.size === submitted.size && replicas === 0;
    if (isOver || nowMs > hangMs) break;
    await sleep(pollMs - ((performance.now() - started - nowMs) % pollMs));
  }
  process.stdout.write('\n');
  await submitting;
  await fleet.stop();
  const jobs = [...submitted].map(([id, atMs]) => ({
    second: (atMs - started) / 1_000,
    seconds: ended.has(id) ? (ended.get(id).atMs - atMs) / 1_000 : undefined,
    state: ended.get(id)?.state,
  }));
  return { samples, jobs };
}

function verdictOf({ samples, jobs }) {
  const lost = jobs.filter(({ seconds }) => seconds === undefined).length;
  const notCompleted = jobs.filter(({ state }) => state !== undefined && state !== 'completed').length;
  const greatestLag = Math.max(...samples.map(({ lag }) => lag));
  const scaleDowns = samples.filter(({ replicas }, index) => replicas < (samples[index - 1]?.replicas ?? 0)).length;
  const waits = jobs.flatMap(({ seconds }) => seconds ?? []);
  return {
    jobs: jobs.length,
    lost,
    notCompleted,
    endedTwice,
    greatestLag,
    lagBound,
    greatestWorkers: Math.max(...samples.map(({ replicas }) => replicas)),
    scaleDowns,
    p50Seconds: percentile(waits, 0.5),
    p99Seconds: percentile(waits, 0.99),
    isGood: lost === 0 && notCompleted === 0 && endedTwice === 0 && greatestLag <= lagBound,
  };
}

try {
  const rehearsal = await rehearse();
  const verdict = verdictOf(rehearsal);
  printTable(
    [
      'jobs',
      'lost',
      'not completed',
      'ended twice',
      'greatest lag',
      'its bound',
      'workers',
      'scale-downs',
      'p50 s',
      'p99 s',
    ],
    [
      [
        verdict.jobs,
        verdict.lost,
        verdict.notCompleted,
        verdict.endedTwice,
        verdict.greatestLag,
        verdict.lagBound,
        `0 to ${verdict.greatestWorkers}`,
        verdict.scaleDowns,
        verdict.p50Seconds.toFixed(1),
        verdict.p99Seconds.toFixed(1),
      ],
    ],
  );
  if (options.svg) await writeFile(options.svg, drawRehearsal({ ...rehearsal, policy }));
  await keepFigures(options.json, 'rehearse-scale', { verdict, policy, load, pageMs, pagesAtOnce, ...rehearsal });
  if (!verdict.isGood) process.exitCode = 1;
} finally {
  await connection.close();
  await stack.stop();
  engine.stop();
}
