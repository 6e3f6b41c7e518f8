import type { Server } from 'node:http';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { loadEnvironment, type Environment } from './config.js';
import { createLogger } from './logger.js';
import { openService, type ServiceDefinition } from './open-service.js';
import { ReadinessChecks } from './readiness-checks.js';
import { SilentConnections } from './silent-connections.js';
import { exitCodes, startRefusal } from './start-refusal.js';

/** What a parent process hears (`process.on('message')`) once the service answers and pulls. */
export interface ReadyMessage {
  readonly type: 'ready';
  readonly service: string;
  readonly url: string;
}

/** After the drain budget, this much is left for closing connections before the process ends itself. */
const closeMarginMs = 5_000;

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
    const app = await openService(definition, environment, logger);
    const stop = stopOnce(definition, app, environment, logger);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
    if (process.send) process.once('disconnect', () => void stop('parent gone'));
    await announce(definition.name, app, logger);
  } catch (error) {
    const address = { host: environment?.WAYBILL_HOST ?? '', port: environment?.WAYBILL_PORT ?? 0 };
    const refusal = startRefusal(error, address);
    console.error(refusal ? refusal.sentence : error);
    process.exit(refusal?.exitCode ?? exitCodes.failed);
  }
}

async function announce(service: string, app: NestFastifyApplication, logger: Logger): Promise<void> {
  const message: ReadyMessage = { type: 'ready', service, url: await app.getUrl() };
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
  const silentConnections = new SilentConnections(app.getHttpServer());
  return async (reason) => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, 'stopping');
    const budgetMs = environment.WAYBILL_DRAIN_MS;
    const server: Server = app.getHttpServer();
    const closing = setTimeout(() => server.closeAllConnections(), budgetMs).unref();
    const ending = setTimeout(() => {
      logger.error(`Not stopped ${budgetMs + closeMarginMs} ms after ${reason}; ending the process.`);
      process.exit(exitCodes.failed);
    }, budgetMs + closeMarginMs).unref();
    try {
      app.get(ReadinessChecks).startDraining();
      if (definition.strategy) await app.get<CustomTransportStrategy>(definition.strategy).close();
      silentConnections.close();
      await app.close();
      logger.info('stopped');
      process.exit(exitCodes.stopped);
    } catch (error) {
      logger.fatal({ err: error }, 'stopping failed');
      process.exit(exitCodes.failed);
    } finally {
      clearTimeout(closing);
      clearTimeout(ending);
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
