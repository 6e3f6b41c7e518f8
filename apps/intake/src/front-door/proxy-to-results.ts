import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import httpProxy from '@fastify/http-proxy';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { problemMediaType } from '@waybill/contracts';
import { problemOf } from '@waybill/platform';

const resultsPaths = ['/v1', '/openapi.json', '/asyncapi.json', '/console'];
/** Longer than a long poll (60 s) may take. */
const headersTimeoutMs = 90_000;
const retryAfterSeconds = '2';

/**
 * Passes everything that results answers on to it, bodies and event streams as they flow, so that a client needs one
 * address. Routes of this service come first.
 */
export async function proxyToResults(app: NestFastifyApplication, resultsUrl: string): Promise<void> {
  const following = new Set<ServerResponse>();
  for (const path of resultsPaths) {
    await app.register(httpProxy, {
      upstream: resultsUrl.replace(/\/+$/, ''),
      prefix: path,
      rewritePrefix: path,
      disableRequestLogging: true,
      // An event stream may be silent for as long as its job waits.
      undici: { connections: 256, pipelining: 1, headersTimeout: headersTimeoutMs, bodyTimeout: 0 },
      replyOptions: {
        // A refusal of results is the client's to see, with its Retry-After.
        retryDelay: () => null,
        onResponse: (_request, reply, response) => {
          if (String(reply.getHeader('content-type')).startsWith('text/event-stream')) {
            following.add(reply.raw as ServerResponse);
            reply.raw.once('close', () => following.delete(reply.raw as ServerResponse));
          }
          void reply.send((response as unknown as { stream: Readable }).stream);
        },
        onError: (reply) => {
          void reply
            .code(503)
            .header('retry-after', retryAfterSeconds)
            .type(problemMediaType)
            .send({
              ...problemOf('unavailable', 'The results service does not answer; nothing is lost, ask again shortly.'),
              instance: reply.request.url.split('?', 1)[0],
            });
        },
      },
    });
  }
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/', (_request, reply) => reply.redirect('/console/', 302));
  // Followers reconnect elsewhere with Last-Event-ID; waiting for their streams to end would hold up the stop.
  fastify.addHook('preClose', (done: () => void) => {
    for (const response of following) response.destroy();
    done();
  });
}
