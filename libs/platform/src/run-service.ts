import type { Server } from 'node:http';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { loadEnvironment, type Environment } from './config.js';
import { createLogger } from './logger.js';
import { NestLogger } from './nest-logger.js';
import { PlatformModule } from './platform.module.js';
import { ProblemFilter } from './problem-filter.js';
import { ReadinessChecks } from './readiness-checks.js';
import { exitCodes, startRefusal } from './start-refusal.js';

export interface ServiceDefinition {
  /** `intake`, `ocr`, …: stands in every log line and in the ready message. */
  readonly name: string;
  readonly module: Type | DynamicModule;
  /** The provider that pulls messages; `close()` drains it and may be called twice. */
  readonly strategy: Type<CustomTransportStrategy>;
  /** The largest JSON body that is parsed; multipart uploads are not bodies in this sense. Default 1 MiB. */
  readonly maxBodyBytes?: number;
  /** Fastify plugins and hooks, before the routes of the module are registered. */
  readonly prepare?: (app: NestFastifyApplication, environment: Environment) => void | Promise<void>;
}

/** What a parent process hears (`process.on('message')`) once the service answers and pulls. */
export interface ReadyMessage {
  readonly type: 'ready';
  readonly service: string;
  readonly url: string;
}

const defaultMaxBodyBytes = 1_048_576;
/** After the drain budget, this much is left for closing connections before the process ends itself. */
const closeMarginMs = 5_000;

@Module({})
class ServiceModule {}

/**
 * Runs one service until SIGTERM, SIGINT or the end of its parent: environment, HTTP with `/healthz` and `/readyz`,
 * the message strategy, ready message, drain. Ends the process: 0 stopped, 1 a bug, 69 a server that cannot be
 * reached or a taken port, 78 a wrong configuration; the last two after one plain sentence on stderr.
 */
export async function runService(definition: ServiceDefinition): Promise<void> {
  let environment: Environment | undefined;
  try {
    environment = loadEnvironment();
    const logger = createLogger(definition.name, environment);
    endOnUnforeseen(logger);
    const app = await createService(definition, environment, logger);
    const stop = stopOnce(definition, app, environment, logger);
    await startService(definition, app, environment, logger);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
    if (process.send) process.once('disconnect', () => void stop('parent gone'));
  } catch (error) {
    const address = { host: environment?.WAYBILL_HOST ?? '', port: environment?.WAYBILL_PORT ?? 0 };
    const refusal = startRefusal(error, address);
    console.error(refusal ? refusal.sentence : error);
    process.exit(refusal?.exitCode ?? exitCodes.failed);
  }
}

async function createService(
  definition: ServiceDefinition,
  environment: Environment,
  logger: Logger,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: definition.maxBodyBytes ?? defaultMaxBodyBytes });
  const root = { module: ServiceModule, imports: [PlatformModule.with(environment, logger), definition.module] };
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter(logger));
  logRequests(app, logger);
  await definition.prepare?.(app, environment);
  // Filters and pipes of HTTP stay with HTTP: the strategy must see a handler's error as it was thrown.
  app.connectMicroservice({ strategy: app.get(definition.strategy) }, { inheritAppConfig: false });
  return app;
}

async function startService(
  definition: ServiceDefinition,
  app: NestFastifyApplication,
  environment: Environment,
  logger: Logger,
): Promise<void> {
  await app.listen(environment.WAYBILL_PORT, environment.WAYBILL_HOST);
  await app.startAllMicroservices();
  const message: ReadyMessage = { type: 'ready', service: definition.name, url: await app.getUrl() };
  process.send?.(message);
  logger.info({ url: message.url }, 'ready');
}

/** Stops taking work, lets handlers finish, answers the last requests, closes connections; the first call counts. */
function stopOnce(
  definition: ServiceDefinition,
  app: NestFastifyApplication,
  environment: Environment,
  logger: Logger,
): (reason: string) => Promise<void> {
  let stopping = false;
  return async (reason) => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, 'stopping');
    const budgetMs = environment.WAYBILL_DRAIN_MS;
    const server: Server = app.getHttpServer();
    setTimeout(() => server.closeAllConnections(), budgetMs).unref();
    setTimeout(() => {
      logger.error(`Not stopped ${budgetMs + closeMarginMs} ms after ${reason}; ending the process.`);
      process.exit(exitCodes.failed);
    }, budgetMs + closeMarginMs).unref();
    try {
      app.get(ReadinessChecks).startDraining();
      await app.get<CustomTransportStrategy>(definition.strategy).close();
      await app.close();
      logger.info('stopped');
      process.exit(exitCodes.stopped);
    } catch (error) {
      logger.fatal({ err: error }, 'stopping failed');
      process.exit(exitCodes.failed);
    }
  };
}

/** Nothing may go on in an unknown state: a supervisor starts a new process, and JetStream delivers again. */
function endOnUnforeseen(logger: Logger): void {
  const end = (error: unknown): void => {
    logger.fatal({ err: error }, 'An error was not handled; ending the process.');
    process.exit(exitCodes.failed);
  };
  process.on('unhandledRejection', end);
  process.on('uncaughtException', end);
}

/** One line a request: errors as errors, the rest at debug level. */
function logRequests(app: NestFastifyApplication, logger: Logger): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const level = reply.statusCode >= 500 ? 'error' : 'debug';
    if (logger.isLevelEnabled(level)) {
      const { method, url } = request;
      logger[level]({ method, url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
    }
    done();
  });
}
