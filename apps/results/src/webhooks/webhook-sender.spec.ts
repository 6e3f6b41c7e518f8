import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { jobLinks, webhookMessageSchema } from '@waybill/contracts';
import { isPublicAddress, type ResolveName } from '@waybill/platform';
import { WebhookSender, type PostAnswer } from './webhook-sender.js';

/** In these tests 127.0.0.1 is the open internet, and every other address of this machine is private. */
const isOutside = (address: string): boolean => address === '127.0.0.1';
const secret = `whsec_${randomBytes(32).toString('base64')}`;
const timestamp = '2026-01-01T00:00:00.000Z';
const message = webhookMessageSchema.parse({
  type: 'job.completed',
  timestamp,
  data: {
    ...{ id: 'a', tenant: 'acme', status: 'completed', pages: { done: 1, failed: 0, total: 1 }, documents: [] },
    ...{
      problems: [],
      attempts: 1,
      costUsd: 0,
      timings: { steps: { read: {}, answer: {} } },
      metadata: {},
      tags: [],
      createdAt: timestamp,
    },
    links: jobLinks('a'),
  },
});

const traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;

let server: Server;
let port: number;
let reached: string[] = [];
let answer: (response: ServerResponse) => void;
let sender: WebhookSender | undefined;

beforeAll(async () => {
  server = createServer((request, response) => {
    reached.push(`${request.socket.localAddress}${request.url}`);
    answer(response);
  }).listen(0, '0.0.0.0');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  await sender?.close();
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function post(url: string, isAllowed = isOutside, resolve?: ResolveName): Promise<PostAnswer> {
  reached = [];
  sender = new WebhookSender(isAllowed, () => traceparent, resolve);
  return sender.post({ url, id: 'a', message }, secret, new AbortController().signal);
}

/** A name that means one thing when it is asked about first, and another from then on. */
function turning(...meanings: string[]): ResolveName {
  return (_hostname, _options, callback) =>
    callback(null, [{ address: (meanings.length > 1 ? meanings.shift() : meanings[0])!, family: 4 }]);
}

describe('a callback', () => {
  it.each([
    ['a private address', () => `http://127.0.0.2:${port}/`],
    ['its name', () => `http://localhost:${port}/`],
    ['loopback in IPv6', () => `http://[::1]:${port}/`],
    ['loopback inside IPv6', () => `http://[::ffff:7f00:1]:${port}/`],
    ['loopback as IPv4-compatible', () => `http://[::127.0.0.1]:${port}/`],
    ['loopback behind NAT64', () => `http://[64:ff9b::7f00:1]:${port}/`],
    ['an address in octal', () => `http://0177.0.0.1:${port}/`],
    ['an address as one number', () => `http://2130706433:${port}/`],
    ['the metadata of a cloud', () => 'http://169.254.169.254/'],
  ])('to %s is not posted', async (_what, url) => {
    answer = (response) => void response.end();
    expect(await post(url(), isPublicAddress)).toMatchObject({ status: null, isForbidden: true });
    expect(reached).toEqual([]);
  });

  it('is posted to the address that was checked, whatever its name means a moment later', async () => {
    answer = (response) => void response.writeHead(200, { connection: 'close' }).end();
    const url = `http://rebinding.test:${port}/hook`;
    expect(await post(url, isOutside, turning('127.0.0.1', '127.0.0.2'))).toEqual({ status: 200 });
    expect(reached).toEqual(['127.0.0.1/hook']);
    const again = await sender!.post({ url, id: 'a', message }, secret, new AbortController().signal);
    expect(again).toMatchObject({ isForbidden: true });
    expect(reached).toEqual(['127.0.0.1/hook']);
  });

  it('is not followed anywhere', async () => {
    answer = (response) => void response.writeHead(307, { location: `http://127.0.0.2:${port}/inside` }).end();
    expect(await post(`http://127.0.0.1:${port}/hook`)).toEqual({ status: 307 });
    expect(reached).toEqual(['127.0.0.1/hook']);
  });

  it('is not listened to without end', async () => {
    let dripping: NodeJS.Timeout | undefined;
    answer = (response) => void (dripping = setInterval(() => response.write(Buffer.alloc(65_536)), 1));
    expect(await post(`http://127.0.0.1:${port}/hook`)).toEqual({ status: 200 });
    clearInterval(dripping);
  });
});
