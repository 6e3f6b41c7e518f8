import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { FailureCode } from '@waybill/contracts';
import { newJobId, StageError } from '@waybill/jobs';
import { z } from 'zod';
import { CallStop, ModelError } from '@waybill/llm-routing';
import type { Environment } from '@waybill/platform';
import { BodyRoom } from '../body/body-room.js';
import { readChatBody } from '../body/read-chat-body.js';
import type { ChatAnswer } from '../calls/chat-answer.js';
import type { ChatTools } from '../calls/chat-tools.js';
import type { ChatRequest, CompleteChat } from '../calls/complete-chat.js';
import { listModels } from '../routing/list-models.js';
import { DoorError, errorBody } from './door-error.js';
import { parsed } from './parsed.js';
import type { BatchDesk } from '../batches/batch-desk.js';
import { registerBatches } from '../batches/batch-routes.js';
import type { FileDesk } from '../files/file-desk.js';
import { registerFiles } from '../files/file-routes.js';
import { sendChatAnswer } from './send-chat-answer.js';
import type { CallerOf } from './caller-of-client.js';

const jsonType = /^application\/json\b/i;

/** What the routes lead to. */
export interface DoorServices {
  readonly chats: CompleteChat;
  readonly tools: ChatTools;
  readonly files: FileDesk;
  readonly batches: BatchDesk;
}

/** The routes under `/v1`. They stand beside the framework's, since its body parser would read every image as JSON. */
export function registerOpenAiDoor(
  scope: FastifyInstance,
  { chats, tools, files, batches }: DoorServices,
  { environment, logger, callerOf }: { environment: Environment; logger: Logger; callerOf: CallerOf },
): void {
  const { WAYBILL_GATEWAY_MAX_BODY_BYTES: mostBytes, WAYBILL_GATEWAY_BODY_ROOM_BYTES: roomBytes } = environment;
  const room = new BodyRoom(roomBytes);
  const models = listModels(tools.table().catalog);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null));

  scope.setErrorHandler((error, request, reply) => refuse(error, request, reply, logger));
  scope.post('/chat/completions', async (request, reply) => {
    const stop = stopOf(reply, tools.timeoutMs);
    const { tenant, credential } = await callerOf(request, 'submit');
    if (!jsonType.test(request.headers['content-type'] ?? '')) {
      throw new DoorError(415, 'unsupported_media_type', 'Send the body with "Content-Type: application/json".');
    }
    const announced = Number(request.headers['content-length'] ?? 0);
    const sensitivity = sensitivityOf(request);
    const body = await readChatBody(request.raw, { announcedBytes: announced, mostBytes, room });
    // Once there is an answer, or the beginning of one, nobody else is asked.
    let answer: ChatAnswer;
    const chatId = newJobId();
    try {
      answer = await chats.complete(
        { tenant, credential, chatId, body, sensitivity, traceparent: traceparentOf(request) },
        stop,
      );
    } catch (error) {
      void reply.header('x-request-id', chatId);
      throw error;
    } finally {
      body.bytes.release();
    }
    await sendChatAnswer(reply, answer);
    return reply;
  });
  scope.get('/models', async (request) => {
    await callerOf(request, 'read');
    return { object: 'list', data: models };
  });
  scope.get('/models/*', async (request) => {
    await callerOf(request, 'read');
    const { '*': id } = request.params as { '*': string };
    const found = models.find((model) => model.id === id);
    if (found) return found;
    const sentence = `There is no model "${id}" here; GET /v1/models lists those that can be asked.`;
    throw new DoorError(404, 'model_not_found', sentence, { param: 'model' });
  });
  registerFiles(scope, files, callerOf, environment.WAYBILL_GATEWAY_MAX_FILE_BYTES);
  registerBatches(scope, batches, callerOf);
  scope.all('/*', ({ method, url }) => {
    const sentence = `${method} ${url.split('?', 1)[0]} is not offered here; see docs/openai-door.md for what is.`;
    throw new DoorError(404, 'not_found', sentence);
  });
}

const sensitivitySchema = z.enum(['public', 'internal', 'confidential', 'restricted']);

/** How freely the guardrails let a chat be handled, where its client says so. */
function sensitivityOf({ headers }: FastifyRequest): ChatRequest['sensitivity'] {
  const said = headers['waybill-sensitivity'];
  return said === undefined ? undefined : parsed(sensitivitySchema, said, 'waybill-sensitivity');
}

const traceparentOf = ({ headers }: FastifyRequest): string | undefined =>
  typeof headers['traceparent'] === 'string' ? headers['traceparent'] : undefined;

/** Stops when the client goes or time is up, with the reason as each is told. */
function stopOf({ raw }: FastifyReply, timeoutMs: number): CallStop {
  const stop = new CallStop();
  const sentence = `No answer within ${timeoutMs} ms; ask for less, or raise WAYBILL_GATEWAY_TIMEOUT_MS.`;
  const timer = setTimeout(() => stop.stop(new ModelError('timeout', sentence)), timeoutMs);
  raw.once('close', () => {
    clearTimeout(timer);
    if (!raw.writableFinished) stop.stop(new Error('The client has gone.'));
  });
  return stop;
}

async function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): Promise<void> {
  if (reply.raw.destroyed) return;
  const refusal = error instanceof DoorError ? error : ofOthers(error);
  if (refusal.status === 500) logger.error({ err: error }, 'A chat failed.');
  const { retryAt } = refusal.more;
  if (retryAt) {
    void reply.header('retry-after', Math.max(1, Math.ceil((retryAt.getTime() - Date.now()) / 1_000)));
  }
  // What is left of a refused body is not worth reading.
  if (!request.raw.complete) void reply.header('connection', 'close');
  await reply.code(refusal.status).type('application/json').send(errorBody(refusal));
}

const answersOfStage: Readonly<Partial<Record<FailureCode, readonly [status: number, code: string]>>> = {
  'too-large': [413, 'request_too_large'],
  'document-not-found': [404, 'not_found'],
};

function ofOthers(error: unknown): DoorError {
  if (error instanceof StageError) {
    if (error.retryable) return new DoorError(503, 'unavailable', error.message);
    const [status, code] = answersOfStage[error.failure.code] ?? [];
    if (status && code) return new DoorError(status, code, error.message);
  }
  const status = (error as { statusCode?: unknown }).statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new DoorError(status, 'invalid_request', (error as Error).message);
  }
  return new DoorError(500, 'internal_error', 'Something went wrong here; try again, and tell the operator.');
}
