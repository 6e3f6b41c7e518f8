import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { StageError } from '@waybill/jobs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ResolveName } from './guarded-lookup.js';
import { WebFetch, type WebFetchSettings } from './web-fetch.js';

/** In these tests 127.0.0.1 is the open internet, and every other address of this machine is private. */
const isOutside = (address: string): boolean => address === '127.0.0.1';
const forever = new AbortController().signal;

let server: Server;
let port: number;
let web: WebFetch | undefined;
/** Addresses of this machine that connections came to, with the path that was asked for. */
let reached: string[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    reached.push(`${request.socket.localAddress}${request.url}`);
    answer(request, response);
  }).listen(0, '0.0.0.0');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  await web?.close();
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Names mean what `meanings` says, the next of them at each question, and the last one from then on. */
function names(meanings: Readonly<Record<string, string[][]>>): ResolveName & { asked: string[] } {
  const asked: string[] = [];
  const resolve: ResolveName = (hostname, _options, callback) => {
    asked.push(hostname);
    const next = meanings[hostname] ?? [];
    const found = (next.length > 1 ? next.shift() : next[0]) ?? [];
    callback(
      null,
      found.map((address) => ({ address, family: 4 })),
    );
  };
  return Object.assign(resolve, { asked });
}

const fetchWith = (address: string, settings: WebFetchSettings = {}, isAllowed = isOutside): Promise<string> => {
  reached = [];
  web = new WebFetch(isAllowed, settings);
  return web.fetch(address, forever, (body) => text(body));
};

async function refusalOf(fetched: Promise<unknown>): Promise<StageError> {
  const error = await fetched.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StageError);
  return error as StageError;
}

const plain = (_request: IncomingMessage, response: ServerResponse): void => void response.end('bytes');
const redirect =
  (location: string) =>
  (request: IncomingMessage, response: ServerResponse): void =>
    request.url === '/start' ? void response.writeHead(302, { location }).end() : void response.end('secret');

describe('a name', () => {
  it('is connected to at the address that was checked, whatever it means a moment later', async () => {
    answer = plain;
    const resolve = names({ 'rebinding.test': [['127.0.0.1'], ['127.0.0.2']] });
    await expect(fetchWith(`http://rebinding.test:${port}/a`, { resolve })).resolves.toBe('bytes');
    expect(resolve.asked).toEqual(['rebinding.test']);
    expect(reached).toEqual(['127.0.0.1/a']);
  });

  it('is checked anew at the next connection', async () => {
    answer = (_request, response) => void response.writeHead(200, { connection: 'close' }).end('bytes');
    const resolve = names({ 'rebinding.test': [['127.0.0.1'], ['127.0.0.2']] });
    await fetchWith(`http://rebinding.test:${port}/a`, { resolve });
    const again = web!.fetch(`http://rebinding.test:${port}/b`, forever, (body) => text(body));
    expect((await refusalOf(again)).message).toContain('public internet');
    expect(reached).toEqual(['127.0.0.1/a']);
  });

  it.each([[['127.0.0.1', '127.0.0.2']], [['127.0.0.2', '127.0.0.1']]])(
    'is refused when one of its addresses is private: %j',
    async (meaning) => {
      answer = plain;
      const resolve = names({ 'mixed.test': [meaning] });
      const refusal = await refusalOf(fetchWith(`http://mixed.test:${port}/a`, { resolve }));
      expect(refusal).toMatchObject({ retryable: false, message: expect.stringContaining('public internet') });
      expect(reached).toEqual([]);
    },
  );

  it('is refused with the dot at its end, too', async () => {
    answer = plain;
    const resolve = names({ 'inside.test.': [['127.0.0.2']] });
    const refusal = await refusalOf(fetchWith(`http://inside.test.:${port}/a`, { resolve }));
    expect(refusal.message).toContain('public internet');
  });
});

describe('a redirect', () => {
  it.each([
    ['a private address', () => `http://127.0.0.2:${port}/inside`, 'public internet'],
    ['a name that means one', () => `http://inside.test:${port}/inside`, 'public internet'],
    ['loopback in IPv6', () => `http://[::1]:${port}/inside`, 'public internet'],
    ['loopback inside IPv6', () => `http://[::ffff:7f00:2]:${port}/inside`, 'public internet'],
    ['loopback behind NAT64', () => `http://[64:ff9b::7f00:1]:${port}/inside`, 'public internet'],
    ['an address in octal', () => `http://0177.0.0.2:${port}/inside`, 'public internet'],
    ['an address in hexadecimal', () => `http://0x7f000002:${port}/inside`, 'public internet'],
    ['an address as one number', () => `http://2130706434:${port}/inside`, 'public internet'],
    ['an address cut short', () => `http://127.2:${port}/inside`, 'public internet'],
    ['the metadata of a cloud', () => 'http://169.254.169.254/latest/meta-data', 'public internet'],
    ['a file', () => 'file:///etc/passwd', 'http or https'],
    ['another protocol', () => 'gopher://127.0.0.1/x', 'http or https'],
    ['what carries credentials', () => `http://user:word@127.0.0.1:${port}/`, 'credentials'],
  ])('to %s is not followed', async (_what, location, hint) => {
    answer = redirect(location());
    const resolve = names({ 'inside.test': [['127.0.0.2']] });
    const refusal = await refusalOf(fetchWith(`http://127.0.0.1:${port}/start`, { resolve }));
    expect(refusal).toMatchObject({ retryable: false, message: expect.stringContaining(hint) });
    expect(refusal.message).not.toContain('word@');
    expect(reached).toEqual(['127.0.0.1/start']);
  });

  it('within what is allowed is followed', async () => {
    answer = redirect('/moved');
    await expect(fetchWith(`http://127.0.0.1:${port}/start`)).resolves.toBe('secret');
  });
});

describe('a server that does not end', () => {
  it.each([
    ['sends a byte now and then', (response: ServerResponse) => setInterval(() => response.write('x'), 20)],
    ['says nothing', () => undefined],
  ])('and %s is left when the time is over', async (_how, drip) => {
    let dripping: NodeJS.Timeout | undefined;
    answer = (_request, response) => void (dripping = drip(response));
    const refusal = await refusalOf(fetchWith(`http://127.0.0.1:${port}/slow`, { wholeTimeoutMs: 300 }));
    clearInterval(dripping);
    expect(refusal).toMatchObject({ retryable: true, message: expect.stringContaining('could not be fetched') });
  });

  it.each([
    ['a refusal', 404],
    ['a redirect', 302],
  ])('is not listened to beyond the head of %s', async (_what, status) => {
    const closed = new Promise<void>((resolve) => {
      answer = (request, response) => {
        if (request.url === '/moved') return void response.end('moved');
        response.writeHead(status, { location: '/moved' });
        const dripping = setInterval(() => response.write(Buffer.alloc(65_536)), 1);
        response.once('close', () => {
          clearInterval(dripping);
          resolve();
        });
      };
    });
    await fetchWith(`http://127.0.0.1:${port}/endless`).catch((error: unknown) => error);
    await closed;
  });
});
