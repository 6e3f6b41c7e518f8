import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { silentTracer, type SpanFacts } from '@waybill/telemetry';
import { openTracer } from './open-tracer.js';
import { type OtelTracer } from './otel-tracer.js';

const traceId = 'ab'.repeat(16);
const parent = `00-${traceId}-${'cd'.repeat(8)}-01`;
const before = process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];

interface Sent {
  readonly path: string | undefined;
  readonly body: string;
}
const sent: Sent[] = [];
const collector = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    sent.push({ path: request.url, body: Buffer.concat(chunks).toString() });
    response.setHeader('content-type', 'application/json').end('{}');
  });
});

beforeEach(async () => {
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterEach(() => {
  collector.closeAllConnections();
  collector.close();
  if (before === undefined) delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  else process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = before;
});

const call: SpanFacts = {
  ...{ name: 'chat x/small', kind: 'client', startMs: 1_000, endMs: 1_800, children: [] },
  attributes: { 'gen_ai.request.model': 'x/small', 'gen_ai.usage.input_tokens': 812, 'waybill.cost.usd': undefined },
};
const answer: SpanFacts = {
  ...{ name: 'answer job', kind: 'internal', startMs: 900, endMs: 2_000, attributes: {} },
  ...{ failure: 'No model answered.', children: [call] },
};

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string }[];
  readonly status: { readonly code: number; readonly message?: string };
}

describe('the tracer', () => {
  it('is silent without an endpoint, or when it is told to be', async () => {
    expect(await openTracer('ocr', {})).toBe(silentTracer);
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };
    expect(await openTracer('ocr', { ...endpoint, OTEL_SDK_DISABLED: 'true' })).toBe(silentTracer);
    expect(await openTracer('ocr', { ...endpoint, OTEL_TRACES_EXPORTER: 'none' })).toBe(silentTracer);
    expect(silentTracer.begin('x', parent, () => ({})).traceparent).toBe(parent);
  });

  it('sends stages and what happened in them as one trace, with their own times', async () => {
    const tracer = await openTracer('reasoning', process.env);
    const stage = tracer.begin('process reasoning-free', parent, () => ({ 'waybill.attempt': 1 }));
    expect(stage.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
    tracer.record(stage.traceparent, () => [answer]);
    stage.end({ 'waybill.outcome': 'completed' });
    await (tracer as OtelTracer).onApplicationShutdown();

    expect(sent.map(({ path }) => path)).toEqual(['/v1/traces']);
    expect(sent[0]?.body).toContain('waybill-reasoning');
    const { resourceSpans } = JSON.parse(sent[0]?.body ?? '') as {
      resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[];
    };
    const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    const named = (name: string) => spans.find((span) => span.name === name);
    expect(spans.map((span) => span.traceId)).toEqual([traceId, traceId, traceId]);
    expect(named('process reasoning-free')?.parentSpanId).toBe('cd'.repeat(8));
    expect(named('answer job')).toMatchObject({
      parentSpanId: stage.traceparent.split('-')[2],
      status: { code: 2, message: 'No model answered.' },
    });
    expect(named('chat x/small')).toMatchObject({
      parentSpanId: named('answer job')?.spanId,
      startTimeUnixNano: '1000000000',
      endTimeUnixNano: '1800000000',
    });
    expect(named('chat x/small')?.attributes.map(({ key }) => key)).toEqual([
      'gen_ai.request.model',
      'gen_ai.usage.input_tokens',
    ]);
  });
});
