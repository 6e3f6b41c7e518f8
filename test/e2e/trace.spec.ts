import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import { startOtlpReceiver, type OtlpReceiver, type ReceivedSpan } from '../support/otlp-receiver.js';
import { startStack, type TestStack } from '../support/index.js';
import { drawPdf } from './support/draw-documents.js';

const traceId = 'ab'.repeat(16);
const clientSpanId = 'cd'.repeat(8);
const schema = { type: 'object', properties: { courier: { type: 'string' } } };
const stages = ['intake-plan', 'ocr-read-page', 'results-deliver-webhook'];

let receiver: OtlpReceiver;
let simulator: ModelSimulator;
let callback: Server;
let toldTraceparent: unknown;
let stack: TestStack;

beforeAll(async () => {
  [receiver, simulator] = await Promise.all([startOtlpReceiver(), startModelSimulator()]);
  callback = createServer((request, response) => {
    toldTraceparent = request.headers.traceparent;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(callback, 'listening');
  stack = await startStack({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
      WAYBILL_MODEL_SIMULATOR_URL: simulator.url,
      WAYBILL_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
      WAYBILL_WEBHOOK_TARGETS: 'any',
    },
  });
});

afterAll(async () => {
  await stack?.stop();
  callback?.close();
  await simulator?.close();
  await receiver?.close();
});

/** The names from a span up to the first one whose parent is not among the received. */
function pathOf(span: ReceivedSpan): string[] {
  const parent = receiver.spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [span.name, ...(parent ? pathOf(parent) : [])];
}

it('follows a job from the client’s trace through every stage to its webhook', async () => {
  const form = new FormData();
  const callbackUrl = `http://127.0.0.1:${(callback.address() as AddressInfo).port}/`;
  const submission = {
    task: { kind: 'extract', schema },
    documents: [{ upload: 'file' }],
    callback: { url: callbackUrl },
  };
  form.append('submission', new Blob([JSON.stringify(submission)], { type: 'application/json' }));
  form.append('file', new Blob([await drawPdf(['It was handed at noon to the courier Okafor'])]), 'file');
  const headers = { traceparent: `00-${traceId}-${clientSpanId}-01` };
  const response = await fetch(`${stack.url}/v1/jobs`, { method: 'POST', body: form, headers });
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as { id: string };
  const has = (name: string) => (spans: readonly ReceivedSpan[]) => spans.some((span) => span.name === name);
  // Each service sends its spans in its own time, and one that is around others ends after them.
  const isWhole = (spans: readonly ReceivedSpan[]) =>
    spans.every(
      ({ parentSpanId }) => parentSpanId === clientSpanId || spans.some(({ spanId }) => spanId === parentSpanId),
    );
  await receiver.until(
    (spans) => stages.every((stage) => has(`process ${stage}`)(spans)) && has('answer job')(spans) && isWhole(spans),
  );

  expect(new Set(receiver.spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
  const named = (name: string) => receiver.spans.find((span) => span.name === name);
  expect(named('accept job')).toMatchObject({ service: 'waybill-intake', parentSpanId: clientSpanId });
  expect(named('read page')).toMatchObject({
    service: 'waybill-ocr',
    attributes: { 'waybill.job.id': id, 'waybill.page': 1, 'waybill.page.source': 'text-layer' },
  });
  const asked = receiver.spans.find(
    ({ attributes }) => attributes['waybill.simulated'] === true && attributes['waybill.route.outcome'] === 'answered',
  );
  expect(asked?.service).toBe('waybill-reasoning');
  expect(asked?.attributes['gen_ai.usage.input_tokens']).toBeGreaterThan(0);
  expect(asked?.attributes['gen_ai.response.model']).toEqual(expect.any(String));
  expect(pathOf(asked!)[1]).toMatch(/^process reasoning-/);
  expect(toldTraceparent).toBe(`00-${traceId}-${named('process results-deliver-webhook')?.spanId}-01`);
  expect(pathOf(named('process results-deliver-webhook')!)).toContainEqual(
    expect.stringMatching(/^process reasoning-/),
  );
  expect(pathOf(named('read page')!)).toEqual(['read page', 'process ocr-read-page', 'process intake-plan']);
});
