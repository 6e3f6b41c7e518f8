import type { FastifyReply, FastifyRequest } from 'fastify';

/** So much is read and dropped. */
const droppedBytes = 1_048_576;

/**
 * For a request that is refused before its body was read. What is left of a small body is read and dropped: whoever ends the
 * connection while the other side still writes takes the answer from it (RFC 9112, 9.6). More is not worth reading, and the
 * connection ends behind the answer.
 */
export function leaveBody(request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = request;
  if (raw.complete) return;
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  const isSmall = coding === undefined && Number(length ?? 0) <= droppedBytes;
  if (isSmall) raw.unpipe().resume();
  else void reply.header('connection', 'close');
}
