import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get as httpGet, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, brotliCompressSync } from 'node:zlib';
import { fastify, type FastifyInstance } from 'fastify';
import { serveConsole } from './serve-console.js';

let folder: string;
let server: FastifyInstance;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-console-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'assets', 'a-1234.js'), 'run()');
  await writeFile(join(folder, 'assets', 'a-1234.js.br'), brotliCompressSync('run()'));
  await writeFile(join(folder, 'secret.key'), 'no');
  server = fastify();
  await serveConsole(server, folder);
  await server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  readonly statusCode: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** Asks for a path exactly as it is written, and leaves the answer as it came. */
const get = (path: string, headers: Record<string, string> = {}, of = server): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const address = of.server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    httpGet({ host: '127.0.0.1', port, path, headers, agent: false }, (answer) => {
      const { statusCode, headers: given } = answer;
      buffer(answer).then((bytes) => resolve({ statusCode, headers: given, bytes }), reject);
    }).once('error', reject);
  });

describe('the console', () => {
  it('lets nothing in from elsewhere', async () => {
    const { headers } = await get('/console/');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:/);
    expect([headers['x-content-type-options'], headers['cache-control']]).toEqual(['nosniff', 'no-cache']);
  });

  it('gives its page for addresses of its own, and 404 for an asset that is not there', async () => {
    const [own, missing] = [await get('/console/jobs/one?page=2'), await get('/console/assets/b.js')];
    expect([own.statusCode, own.bytes.toString(), missing.statusCode]).toEqual([200, '<!doctype html>', 404]);
  });

  it('keeps assets for ever, compressed for those who take it', async () => {
    const [small, plain, refused] = await Promise.all([
      get('/console/assets/a-1234.js', { 'accept-encoding': 'gzip, br' }),
      get('/console/assets/a-1234.js'),
      get('/console/assets/a-1234.js', { 'accept-encoding': 'br;q=0' }),
    ]);
    expect(small.headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': expect.stringMatching(/immutable/),
    });
    expect(brotliDecompressSync(small.bytes).toString()).toBe('run()');
    expect([plain.bytes.toString(), refused.bytes.toString()]).toEqual(['run()', 'run()']);
  });

  it.each(['/console/secret.key', '/console/../secret.key', '/console/%2e%2e/secret.key', '/console/..%2fsecret.key'])(
    'gives nothing but what was built: %s',
    async (path) => {
      expect((await get(path)).bytes.toString()).not.toBe('no');
    },
  );

  it('says what to do where it was not built', async () => {
    const bare = fastify();
    await serveConsole(bare, join(folder, 'assets'));
    await bare.listen({ host: '127.0.0.1', port: 0 });
    const { statusCode, bytes } = await get('/console/', {}, bare);
    expect([statusCode, bytes.includes('npm run build')]).toEqual([503, true]);
    await bare.close();
  });
});
