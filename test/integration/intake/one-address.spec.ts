import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signal, type Signal } from '../../support/index.js';
import { startIntake, type TestIntake } from './start-intake.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let results: Server;
let answer: Answer;
let intake: TestIntake;
let resultsUrl: string;

beforeAll(async () => {
  results = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
  await once(results, 'listening');
  resultsUrl = `http://127.0.0.1:${(results.address() as AddressInfo).port}`;
  intake = await startIntake({ WAYBILL_RESULTS_URL: resultsUrl });
});
afterAll(async () => {
  await intake.stop();
  results.closeAllConnections();
  results.close();
});

describe('what results answers, at the address of intake', () => {
  it.each([
    ['GET', '/v1/jobs/job-1?wait=30s'],
    ['GET', '/v1/jobs?status=failed,partial&limit=5'],
    ['DELETE', '/v1/jobs/job-1'],
    ['POST', '/v1/jobs/job-1/cancel'],
    ['PUT', '/v1/budgets/team'],
    ['GET', '/openapi.json'],
    ['GET', '/asyncapi.json'],
  ])('passes %s %s on with its headers, and the answer back', async (method, path) => {
    answer = (request, response) => {
      response.writeHead(418, { 'content-type': 'application/x-test', 'retry-after': '7' });
      response.end(
        `${request.method} ${decodeURIComponent(request.url ?? '')} ${String(request.headers['waybill-tenant'])}`,
      );
    };
    const response = await fetch(intake.url + path, { method, headers: { 'waybill-tenant': 'acme' } });
    expect(response.status).toBe(418);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.text()).toBe(`${method} ${path} acme`);
  });

  it('passes a body on as it is', async () => {
    answer = (request, response) => void request.pipe(response);
    const body = JSON.stringify({ reason: 'again' });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${intake.url}/v1/jobs/job-1/webhook/redeliver`, { method: 'POST', headers, body });
    expect(await response.text()).toBe(body);
  });

  it('lets events through one by one, and tells results when the follower has gone', async () => {
    const stream: Signal<ServerResponse> = signal();
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('id: 1\ndata: first\n\n');
      stream.resolve(response);
    };
    const leave = new AbortController();
    const response = await fetch(`${intake.url}/v1/jobs/job-1/events`, { signal: leave.signal });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toContain('first');
    const upstream = await stream.promise;
    upstream.write('id: 2\ndata: second\n\n');
    expect((await reader.read()).value).toContain('second');
    const gone = once(upstream, 'close');
    leave.abort();
    await gone;
  });

  it('does not repeat a refusal of results by itself', async () => {
    let asked = 0;
    answer = (_request, response) => {
      asked += 1;
      response.writeHead(503, { 'retry-after': '1' }).end();
    };
    expect((await fetch(`${intake.url}/v1/jobs/job-1`)).status).toBe(503);
    expect(asked).toBe(1);
  });

  it('keeps submissions for itself', async () => {
    let asked = 0;
    answer = (_request, response) => {
      asked += 1;
      response.end();
    };
    const response = await fetch(`${intake.url}/v1/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(response.status).toBe(400);
    expect(asked).toBe(0);
  });

  it('answers other addresses with a problem of its own', async () => {
    const response = await fetch(`${intake.url}/v2/jobs`);
    expect(await response.json()).toMatchObject({ status: 404, type: 'urn:waybill:problem:route-not-found' });
  });
});

describe('when results is away', () => {
  it('says so, and when to ask again; submissions are still taken', async () => {
    const alone = await startIntake({ WAYBILL_RESULTS_URL: 'http://127.0.0.1:1' });
    try {
      const response = await fetch(`${alone.url}/v1/jobs/job-1?wait=5s`);
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await response.json()).toMatchObject({
        type: 'urn:waybill:problem:unavailable',
        instance: '/v1/jobs/job-1',
      });
      const accepted = await fetch(`${alone.url}/v1/jobs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ documents: [{ inline: 'AAAA' }], task: { kind: 'read' } }),
      });
      expect(accepted.status).toBe(202);
    } finally {
      await alone.stop();
    }
  });
});

describe('stopping', () => {
  it('ends event streams that are being followed, so that it does not wait for them', async () => {
    const own = await startIntake({ WAYBILL_RESULTS_URL: resultsUrl });
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: first\n\n');
    };
    const response = await fetch(`${own.url}/v1/jobs/job-1/events`);
    const reader = response.body!.getReader();
    await reader.read();
    const cut = reader.read().then(
      ({ done }) => done,
      () => true,
    );
    await own.stop();
    expect(await cut).toBe(true);
  });
});
