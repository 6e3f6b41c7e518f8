import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { ChatAnswer } from '../calls/chat-answer.js';
import { DoorError, errorBody } from './door-error.js';

const smallBytes = 16_384;

/** Sends an answer that is whole, or one that is being made, as it is made. */
export function sendChatAnswer(reply: FastifyReply, { headers, content }: ChatAnswer): void | Promise<void> {
  // Past the framework's own way out, which looks for serializers and hooks that do not concern bytes.
  reply.hijack();
  if ('pieces' in content) return sendPieces(reply.raw, headers, content.pieces);
  const { raw } = reply;
  const { body } = content;
  headers['content-type'] = 'application/json';
  headers['content-length'] = String(body.length);
  raw.writeHead(200, headers);
  // As a text of bytes, a small body goes out in one piece with its head; ending with it would send an empty piece, too.
  if (body.length <= smallBytes) raw.write(body.toString('latin1'), 'latin1');
  else raw.write(body);
  raw.end();
}

async function sendPieces(
  raw: ServerResponse,
  headers: ChatAnswer['headers'],
  pieces: AsyncIterable<Buffer>,
): Promise<void> {
  raw.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
  });
  try {
    for await (const piece of pieces) {
      if (raw.destroyed) return;
      if (!raw.write(piece)) await Promise.race([once(raw, 'drain'), once(raw, 'close')]);
    }
    raw.end();
  } catch (error) {
    if (raw.destroyed) return;
    // The status is gone; what is left is to say so in the stream and to break the connection, so that nobody takes it for an end.
    raw.write(`data: ${errorBody(asDoorError(error))}\n\n`, () => raw.destroy());
  }
}

const asDoorError = (error: unknown): DoorError =>
  error instanceof DoorError
    ? error
    : new DoorError(500, 'internal_error', 'Something went wrong here; try again, and tell the operator.');
