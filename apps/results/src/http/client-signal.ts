import type { FastifyReply } from 'fastify';

/** Aborts when the answer's connection is closed, by the client before the end or by us at it. */
export function clientSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}
