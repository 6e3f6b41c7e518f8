import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readConsole, type Coding, type ConsoleFile } from './console-files.js';

/** Nothing from elsewhere, nothing inline, no frames; page images are blobs. */
const contentSecurity = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const headers = {
  'content-security-policy': contentSecurity,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  vary: 'accept-encoding',
};

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Waybill</title>
<h1>The console has not been built</h1>
<p>Run <code>npm run build</code> in the project and start the results service again. The API works without it:
<a href="/openapi.json">/openapi.json</a> describes it.</p></html>`;

const prefix = '/console/';

/**
 * Serves the built console below `/console/`, from memory. A path that is no file is the application's own and gets its
 * page; a missing asset is 404.
 */
export async function serveConsole(fastify: FastifyInstance, folder: string): Promise<void> {
  const files = await readConsole(folder);
  fastify.get('/console', (_request, reply) => reply.redirect(prefix, 308));
  fastify.get(`${prefix}*`, (request, reply) => {
    if (!files) return reply.code(503).headers(headers).type('text/html; charset=utf-8').send(notBuilt);
    const path = request.url.split('?', 1)[0]?.slice(prefix.length) ?? '';
    const file = files.get(path) ?? (path.startsWith('assets/') ? undefined : files.get('index.html'));
    return file
      ? send(file, request, reply)
      : reply.code(404).headers(headers).type('text/plain').send('No such file.');
  });
}

function send(file: ConsoleFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const coding = codingFor(file, request.headers['accept-encoding']);
  if (coding) void reply.header('content-encoding', coding);
  return reply
    .headers(headers)
    .header('cache-control', file.isForEver ? 'public, max-age=31536000, immutable' : 'no-cache')
    .type(file.mediaType)
    .send((coding && file.coded[coding]) ?? file.bytes);
}

/** Brotli before gzip, where the client names it without refusing it (`q=0`). */
function codingFor({ coded }: ConsoleFile, accepted: string | string[] = ''): Coding | undefined {
  const wanted = new Set(
    String(accepted)
      .split(',')
      .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
      .map((part) => part.split(';', 1)[0]?.trim()),
  );
  return (['br', 'gzip'] as const).find((coding) => coded[coding] && wanted.has(coding));
}
