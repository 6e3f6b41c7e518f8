import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CallStop } from '@waybill/llm-routing';
import { loadEnvironment, WebFetch, type AddressPolicy } from '@waybill/platform';
import { ChatBody } from '../body/chat-body.js';
import type { DoorError } from '../http/door-error.js';
import { EmbedPictures } from './embed-pictures.js';
import { mayNameAddresses } from './may-name-addresses.js';

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(200, 7)]);
const data = `data:image/png;base64,${png.toString('base64')}`;
const inside = 'http://127.0.0.1:1/inside';

let server: Server;
let address: string;
let asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/page.png') response.end(png);
    else if (request.url === '/large.png') response.end(Buffer.concat([png, Buffer.alloc(200_000)]));
    else response.end('<html>no picture</html>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const bodyOf = (text: string): ChatBody => ChatBody.of(Buffer.from(text));
const message = (part: string): string => `{"model":"m","messages":[{"role":"user","content":[${part}]}]}`;
const named = (url: string): string =>
  message(`{"type":"image_url","image_url":{"url":${JSON.stringify(url)},"detail":"high"}}`);

async function embed(text: string, variables: Record<string, string>, isAllowed: AddressPolicy): Promise<string> {
  asked = [];
  const pictures = new EmbedPictures(new WebFetch(isAllowed), loadEnvironment(variables));
  try {
    const body = await pictures.into(bodyOf(text), new CallStop());
    return body.bytes.slice(0, body.bytes.length).toString();
  } finally {
    await pictures.close();
  }
}
const anywhere = { WAYBILL_URL_FETCH: 'any', WAYBILL_GATEWAY_MAX_BODY_BYTES: '100000' };
const refusalOf = (text: string, variables = anywhere, isAllowed: AddressPolicy = () => true): Promise<DoorError> =>
  embed(text, variables, isAllowed).then(
    () => Promise.reject(new Error('It was not refused.')),
    (error: DoorError) => error,
  );

/** Ways to write a web address, so that a careless reader sees none or another one. */
const disguises: readonly (readonly [how: string, body: string])[] = [
  ['plainly', named(inside)],
  ['as a string', message(`{"type":"image_url","image_url":"${inside}"}`)],
  ['with an escaped key', named(inside).replace('"image_url":', '"image\\u005furl":')],
  ['with every letter escaped', named(inside).replace('"image_url":{', '"\\u0069mage_ur\\u006c":{')],
  ['with an escaped address', named(inside).replace('http:', '\\u0068ttp:')],
  ['behind an embedded one', message(`{"image_url":{"url":"${data}","url":"${inside}"}}`)],
  ['under a second key', message(`{"image_url":{"url":"${data}"},"image_url":{"url":"${inside}"}}`)],
  ['beside text that looks embedded', message(`{"type":"text","text":"${data}"},{"image_url":{"url":"${inside}"}}`)],
  ['in other letters', message(`{"image_url":{"detail" : "low" , "url" :\n"HTTP://127.0.0.1:1/inside"}}`)],
  ['with an escaped member', message(`{"image_url":{"url":"${data}","\\u0075rl":"${inside}"}}`)],
  ['in a tool’s answer', `{"messages":[{"role":"tool","content":[{"image_url":{"url":"${inside}"}}]}]}`],
];

describe('a web address in a chat', () => {
  it.each(disguises)('is found when it is written %s', async (_how, text) => {
    expect(mayNameAddresses(bodyOf(text))).toBe(true);
    const refusal = await refusalOf(text, anywhere, () => false);
    expect(refusal).toMatchObject({ status: 400, code: 'invalid_image_url' });
    expect(refusal.message).toContain('public internet');
  });

  it('is fetched, and its picture goes on in its place', async () => {
    const whole = await embed(named(`${address}/page.png`), anywhere, () => true);
    expect(JSON.parse(whole)).toEqual(JSON.parse(named(data)));
    expect(asked).toEqual(['/page.png']);
  });

  it.each([
    ['is no picture', '/page.html', 'no PNG, JPEG, GIF or WebP'],
    ['is larger than a request may be', '/large.png', 'larger than is taken'],
  ])('is refused when what it has %s', async (_what, path, hint) => {
    const refusal = await refusalOf(named(address + path));
    expect(refusal).toMatchObject({ status: 400, message: expect.stringContaining(hint) });
  });

  it('is refused where fetching is off, as it is in production, and nothing is asked', async () => {
    const production = { WAYBILL_MODE: 'production', WAYBILL_MASTER_KEY_FILE: '/run/secrets/master-key' };
    for (const variables of [{ WAYBILL_URL_FETCH: 'off' }, production]) {
      const refusal = await refusalOf(named(`${address}/page.png`), variables as never);
      expect(refusal).toMatchObject({ status: 400, message: expect.stringContaining('WAYBILL_URL_FETCH') });
    }
    expect(asked).toEqual([]);
  });

  it('may be asked for again when its server cannot be reached', async () => {
    expect(await refusalOf(named(inside))).toMatchObject({ status: 503 });
  });

  it.each([
    ['a file', 'file:///etc/passwd'],
    ['a bucket', 'gs://bucket/page.png'],
    ['nothing', ''],
  ])('is none when it names %s', async (_what, url) => {
    expect(await refusalOf(named(url))).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  it('of a film or a recording is refused', async () => {
    const film = message(`{"type":"video_url","video_url":{"url":"${inside}"}}`);
    expect(await refusalOf(film)).toMatchObject({ message: expect.stringContaining('video_url') });
  });
});

describe('a chat without web addresses', () => {
  it.each([
    ['embedded pictures', named(data)],
    ['an embedded picture as a string', message(`{"image_url":"${data}"}`)],
    ['words alone', '{"messages":[{"role":"user","content":"see http://127.0.0.1/"}]}'],
    [
      'a tool with such a field',
      '{"messages":[],"tools":[{"function":{"parameters":{"other_url":{"type":"string"}}}}]}',
    ],
  ])('is passed on without being parsed: %s', async (_what, text) => {
    expect(mayNameAddresses(bodyOf(text))).toBe(false);
    expect(await embed(text, { WAYBILL_URL_FETCH: 'off' }, () => false)).toBe(text);
  });

  it('keeps its bytes where it has to be looked at', async () => {
    const text = `{"messages":[],"tools":[{"function":{"parameters":{"image_url":{"type":"string"}}}}],"seed":123456789012345678901}`;
    expect(await embed(text, { WAYBILL_URL_FETCH: 'off' }, () => false)).toBe(text);
  });
});
