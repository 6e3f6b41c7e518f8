import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Hop, JobView, ResultView, RouteView, UsageView } from '@waybill/contracts';
import pg from 'pg';
import sharp from 'sharp';
import { drawnPage, type OcrSimulator, simulateAzure, svgOf } from '@waybill/provider-simulator';
import { whenRecorded, startStack, type TestStack } from '../support/index.js';
import { drawPdf } from './support/draw-documents.js';

const page = drawnPage();
let simulator: OcrSimulator;
let stack: TestStack;

beforeAll(async () => {
  simulator = await simulateAzure(page);
  stack = await startStack({
    env: { WAYBILL_READING_CACHE_BYTES: '0', WAYBILL_REGION: 'eu-central-1', WAYBILL_DATABASE_REGION: 'eu-west-1' },
    services: { ocr: { env: { ...simulator.environment, WAYBILL_OCR_WORKERS: '2' } } },
  });
});
afterAll(async () => {
  await stack?.stop();
  await simulator?.server.stop();
});

type Content = Uint8Array<ArrayBuffer>;

const scan = async (): Promise<Content> =>
  Uint8Array.from(
    await sharp(Buffer.from(svgOf(page)))
      .png()
      .toBuffer(),
  );

async function submit(document: Content, more: object = {}): Promise<string> {
  const form = new FormData();
  const submission = { task: { kind: 'read' }, documents: [{ upload: 'file' }], ...more };
  form.append('submission', new Blob([JSON.stringify(submission)], { type: 'application/json' }));
  form.append('file', new Blob([document]), 'file');
  const response = await fetch(`${stack.url}/v1/jobs`, { method: 'POST', body: form });
  expect(response.status).toBe(202);
  return ((await response.json()) as { id: string }).id;
}

const get = async <Body>(path: string): Promise<Body> => (await (await fetch(`${stack.url}${path}`)).json()) as Body;

async function ended(id: string): Promise<JobView> {
  for (;;) {
    const job = await get<JobView>(`/v1/jobs/${id}?wait=60s`);
    if (job.finishedAt !== undefined) return job;
  }
}

describe('a job whose pages a hosted engine reads', () => {
  it('has the words and the table of the engine, and costs what was billed, once', async () => {
    const billed = simulator.server.billedPages;
    const id = await submit(await scan());
    expect(await ended(id)).toMatchObject({ status: 'completed', costUsd: 0.01 });
    await whenRecorded(stack.databaseUrl, id);
    expect(simulator.server.billedPages).toBe(billed + 1);
    const { documents } = await get<ResultView>(`/v1/jobs/${id}/result`);
    expect(documents[0]?.models).toEqual([
      {
        ...{ model: 'azure-document-intelligence/prebuilt-layout', tier: 1, costUsd: 0.01, purpose: 'read' },
        ...{ durationMs: expect.any(Number), catalogVersion: expect.stringMatching(/^ocr-/) },
      },
    ]);
    const usage = await get<UsageView>(`/v1/usage?by=page,catalog&job=${id}`);
    expect(usage.rows).toMatchObject([{ group: { page: `${id}/0/1` }, costUsd: 0.01 }]);
    const markdown = await (await fetch(`${stack.url}/v1/jobs/${id}/markdown`)).text();
    expect(markdown).toMatch(/\| *Paper *\| *12 *\| *30\.40 *\|/);
    const database = new pg.Client({ connectionString: stack.databaseUrl });
    await database.connect();
    const { rows } = await database.query('SELECT model, cost_usd::float AS usd FROM ledger WHERE job_id = $1', [id]);
    await database.end();
    expect(rows).toEqual([{ model: 'azure-document-intelligence/prebuilt-layout', usd: 0.01 }]);
  });

  it('costs nothing where pages carry their text', async () => {
    const billed = simulator.server.billedPages;
    const id = await submit(await drawPdf(['This page says what it says.']));
    expect(await ended(id)).toMatchObject({ status: 'completed', costUsd: 0 });
    expect(simulator.server.billedPages).toBe(billed);
  });

  it('waits as long as the provider asks, which is no attempt, and is read then', async () => {
    const busy = { ...simulator.refusals.busy, headers: { 'retry-after': '1' } };
    simulator.server.script(simulator.pagePath, busy, busy, busy, busy);
    const id = await submit(await scan());
    expect(await ended(id)).toMatchObject({ status: 'completed', attempts: 1, costUsd: 0.01 });
    const events = await (await fetch(`${stack.url}/v1/jobs/${id}/events`)).text();
    expect([...events.matchAll(/"type":"job-waiting"/g)]).toHaveLength(4);
    expect(events).not.toContain(simulator.secret);
  });

  it('is not begun when the job may not pay for it', async () => {
    const billed = simulator.server.billedPages;
    const id = await submit(await scan(), { routing: { maxCostUsd: 0.005 } });
    const job = await ended(id);
    expect(job).toMatchObject({ status: 'failed', costUsd: 0, problems: [{ code: 'budget-exceeded' }] });
    expect(simulator.server.billedPages).toBe(billed);
  });

  const own: Hop[] = [
    { kind: 'services', name: 'Waybill', regions: ['eu-central-1'] },
    { kind: 'messages', name: 'NATS', regions: ['eu-central-1'] },
    { kind: 'database', name: 'Postgres', regions: ['eu-west-1'] },
    { kind: 'document-store', name: 'NATS', regions: ['eu-central-1'] },
  ];

  it('tells of the engine among the places that its content was at, and that nobody knows where it is', async () => {
    const id = await submit(await scan());
    await ended(id);
    const { hops } = await get<RouteView>(`/v1/jobs/${id}/route`);
    expect(hops).toEqual([...own, { kind: 'ocr', name: 'azure-document-intelligence' }]);
  });

  it('is read by an engine of this machine where its regions forbid the hosted one', async () => {
    const billed = simulator.server.billedPages;
    const id = await submit(await scan(), { routing: { regions: ['eu'] } });
    expect(await ended(id)).toMatchObject({ status: 'completed', costUsd: 0 });
    expect(simulator.server.billedPages).toBe(billed);
    const { hops } = await get<RouteView>(`/v1/jobs/${id}/route`);
    const engine = { kind: 'ocr', name: expect.stringMatching(/^tesseract/), regions: ['eu-central-1'] };
    expect(hops).toEqual([...own, engine]);
    expect(await (await fetch(`${stack.url}/v1/jobs/${id}/text`)).text()).toContain('Paper');
  });

  it('is refused at the door where its regions leave out a place that it must come to', async () => {
    const submission = {
      task: { kind: 'read' },
      documents: [{ inline: 'AAAA' }],
      routing: { regions: ['eu-central-1'] },
    };
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(submission) };
    const response = await fetch(`${stack.url}/v1/jobs`, post);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('with Postgres (database) in eu-west-1; allow that region');
  });

  it('fails with a sentence, and without the key, when the provider refuses it', async () => {
    simulator.server.script(simulator.pagePath, simulator.refusals['wrong-key']);
    const job = await ended(await submit(await scan()));
    expect(job).toMatchObject({ status: 'failed', problems: [{ code: 'model-failed' }] });
    expect(job.problems[0]?.message).toContain('check the key');
    expect(stack.service('ocr').log.join('\n')).not.toContain(simulator.secret);
  });
});
