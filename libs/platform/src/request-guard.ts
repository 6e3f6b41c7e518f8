import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { problemMediaType } from '@waybill/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { leaveBody } from './leave-body.js';
import { ProblemException } from './problem-exception.js';
import { problemOfError } from './problem-filter.js';

/** Looks at each request before its body is read, and remembers its caller. @throws ProblemException to refuse it */
export type RequestGuard = (request: FastifyRequest) => Promise<void>;
/** A service's guard; one without routes of the contract has none. */
export const REQUEST_GUARD = Symbol('REQUEST_GUARD');

/** Puts the guard before every route that is registered from now on. */
export function guardRequests(app: NestFastifyApplication, logger: Logger): void {
  const guard = guardOf(app);
  if (!guard) return;
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    try {
      await guard(request);
    } catch (error) {
      await refuse(error, request, reply, logger);
    }
  });
}

function guardOf(app: NestFastifyApplication): RequestGuard | undefined {
  try {
    return app.get<RequestGuard>(REQUEST_GUARD, { strict: false });
  } catch {
    return undefined;
  }
}

async function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): Promise<void> {
  const problem = problemOfError(error);
  if (problem.status === 500) logger.error({ err: error }, problem.detail);
  leaveBody(request, reply);
  const headers = error instanceof ProblemException ? error.headers : {};
  const instance = request.url.split('?', 1)[0];
  await reply
    .code(problem.status)
    .headers(headers)
    .type(problemMediaType)
    .send({ ...problem, instance });
}
