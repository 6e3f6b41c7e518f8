import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { tenantSchema } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoreDocuments } from '../submission/store-documents.js';
import { FetchDocument } from './fetch-document.js';
import { isPublicAddress, WebFetch } from '@waybill/platform';

const tenant = tenantSchema.parse('default');
const forever = new AbortController().signal;
const stored: Buffer[] = [];
const documents = {
  upload: async (_tenant: unknown, bytes: Readable) => {
    stored.push(await buffer(bytes));
    return { bucket: 'b', key: 'k', sizeBytes: stored.at(-1)!.length, sha256: 'a'.repeat(64) };
  },
} as unknown as StoreDocuments;

let server: Server;
let port: number;
let asked: string[] = [];
let answer: (path: string, response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.headers.host + String(request.url));
    answer(request.url ?? '', response);
  }).listen(0, '0.0.0.0');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const failureOf = async (address: string, isAllowed = isPublicAddress, signal = forever): Promise<StageError> => {
  const fetcher = new FetchDocument(documents, new WebFetch(isAllowed));
  asked = [];
  try {
    const error = await fetcher.fetch(tenant, address, signal).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StageError);
    return error as StageError;
  } finally {
    await fetcher.close();
  }
};

describe('FetchDocument', () => {
  it.each([
    ['an address by number', () => `http://127.0.0.1:${port}/x`],
    ['a name that resolves to this machine', () => `http://localhost:${port}/x`],
    ['loopback in IPv6', () => `http://[::1]:${port}/x`],
    ['loopback inside IPv6', () => `http://[::ffff:127.0.0.1]:${port}/x`],
    ['loopback written as one number', () => `http://2130706433:${port}/x`],
    ['the metadata address of clouds', () => 'http://169.254.169.254/latest/meta-data'],
  ])('does not connect to %s', async (_what, address) => {
    answer = (_path, response) => void response.end('secret');
    const failure = await failureOf(address());
    expect(failure.failure.code).toBe('document-fetch-failed');
    expect(failure.message).toContain('public internet');
    expect(failure.retryable).toBe(false);
    expect(asked).toEqual([]);
  });

  it('checks the address of each redirect', async () => {
    answer = (_path, response) => void response.writeHead(302, { location: `http://127.0.0.2:${port}/inside` }).end();
    const failure = await failureOf(`http://127.0.0.1:${port}/start`, (address) => address === '127.0.0.1');
    expect(failure.message).toContain('public internet');
    expect(asked).toEqual([`127.0.0.1:${port}/start`]);
  });

  it('leaves a chain of redirects that does not end', async () => {
    answer = (path, response) => void response.writeHead(302, { location: `${path}x` }).end();
    const failure = await failureOf(`http://127.0.0.1:${port}/`, () => true);
    expect(failure.message).toContain('redirects more than 5 times');
    expect(asked).toHaveLength(6);
  });

  it.each([
    [404, false],
    [401, false],
    [410, false],
    [429, true],
    [503, true],
  ])('takes status %d as worth another attempt: %s', async (status, retryable) => {
    answer = (_path, response) => void response.writeHead(status, { 'retry-after': '3' }).end();
    const failure = await failureOf(`http://127.0.0.1:${port}/x?token=secret`, () => true);
    expect(failure.retryable).toBe(retryable);
    expect(failure.retryAfterMs).toBe(retryable ? 3_000 : undefined);
    expect(failure.message).toContain(String(status));
    expect(failure.message).not.toContain('secret');
  });

  it.each([
    ['ftp://x.test/a', 'http or https'],
    ['http://user:pass@x.test/a', 'credentials'],
  ])('refuses %s', async (address, hint) => {
    const failure = await failureOf(address, () => true);
    expect(failure.message).toContain(hint);
    expect(failure.message).not.toContain('pass@');
  });

  it('tries a server again that breaks off or cannot be reached', async () => {
    answer = (_path, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write(Buffer.alloc(50), () => setImmediate(() => response.destroy()));
    };
    const brokenOff = await failureOf(`http://127.0.0.1:${port}/x?token=secret`, () => true);
    expect(brokenOff.retryable).toBe(true);
    expect(brokenOff.message).not.toContain('secret');
    expect((await failureOf('http://127.0.0.1:1/x', () => true)).retryable).toBe(true);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    answer = () => stop.abort(new Error('The job was cancelled.'));
    expect((await failureOf(`http://127.0.0.1:${port}/slow`, () => true, stop.signal)).message).toContain('cancelled');
  });
});
