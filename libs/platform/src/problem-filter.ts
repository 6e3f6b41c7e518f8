import { isNativeError } from 'node:util/types';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { problemMediaType, type Problem, type ProblemCode } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { ZodError } from 'zod';
import { issuesOf } from './issues-of.js';
import { ProblemException, problemOf } from './problem-exception.js';

/** Codes of the HTTP layer's own refusals. */
const codeOfStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'invalid-request',
  404: 'route-not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  503: 'unavailable',
};

const retryAfterSeconds = 5;

/** Writes every error of the HTTP layer as problem details (RFC 9457). What nobody foresaw is logged, and says no more. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const body = problemOfError(error);
    if (body.status >= 500) this.logger.error({ err: error, path: pathOf(request) }, body.detail);
    // The answer has begun (a stream that broke): all that is left is to end the connection.
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    const headers = error instanceof ProblemException ? error.headers : retryHeaders(error, body);
    void reply
      .code(body.status)
      .headers(headers)
      .type(problemMediaType)
      .send({ ...body, instance: pathOf(request) });
  }
}

/** The problem that an error stands for: our own refusals, stage failures, validation issues, HTTP errors, the rest. */
export function problemOfError(error: unknown): Problem {
  if (error instanceof ProblemException) return error.problem;
  if (error instanceof StageError) {
    const errors = error.cause instanceof ZodError ? issuesOf(error.cause) : undefined;
    return problemOf(codeOfFailure(error), error.message, errors);
  }
  if (error instanceof ZodError) {
    return problemOf(
      'invalid-request',
      'Correct the fields that are listed, then send the request again.',
      issuesOf(error),
    );
  }
  const status = error instanceof HttpException ? error.getStatus() : statusOfForeignError(error);
  const code = status === undefined ? undefined : codeOfStatus[status];
  if (!code) {
    if (status !== undefined && status >= 400 && status < 500) {
      return { ...problemOf('invalid-request', messageOf(error)), status };
    }
    return problemOf('internal', 'Something went wrong here; try again, and tell the operator if it happens again.');
  }
  return problemOf(code, messageOf(error));
}

function codeOfFailure(error: StageError): ProblemCode {
  switch (error.failure.code) {
    case 'invalid-submission':
    case 'unknown-task':
    case 'missing-language':
    case 'id-conflict':
    case 'too-large':
    case 'document-not-found':
    case 'unavailable':
      return error.failure.code;
    case 'timeout':
      return 'unavailable';
    default:
      return error.retryable ? 'unavailable' : 'internal';
  }
}

/** Fastify's own errors (a body that is too large, JSON that cannot be parsed) carry a status. */
function statusOfForeignError(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

/** Nest's validation pipe answers with a list of sentences in its response. */
function messageOf(error: unknown): string {
  if (error instanceof HttpException) {
    const response = error.getResponse();
    if (typeof response === 'object' && 'message' in response && Array.isArray(response.message)) {
      return response.message.join('; ');
    }
  }
  return isNativeError(error) ? error.message : 'The request was refused.';
}

function retryHeaders(error: unknown, body: Problem): Record<string, string> {
  if (body.status !== 503) return {};
  const waitMs = error instanceof StageError ? error.retryAfterMs : undefined;
  return { 'retry-after': String(waitMs === undefined ? retryAfterSeconds : Math.ceil(waitMs / 1_000)) };
}

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? request.url;
