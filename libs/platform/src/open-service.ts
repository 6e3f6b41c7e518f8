import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Environment } from './config.js';
import { NestLogger } from './nest-logger.js';
import { PlatformModule } from './platform.module.js';
import { ProblemFilter } from './problem-filter.js';
import { guardRequests } from './request-guard.js';
import { PrometheusMeter } from './telemetry/prometheus-meter.js';

export interface ServiceDefinition {
  /** `intake`, `ocr`, …: stands in every log line and in the ready message. */
  readonly name: string;
  readonly module: Type | DynamicModule;
  /** The provider that pulls messages; `close()` drains it and may be called twice. Absent where HTTP is all there is. */
  readonly strategy?: Type<CustomTransportStrategy>;
  /** The largest JSON body that is parsed; multipart uploads are not bodies in this sense. Default 1 MiB. */
  readonly maxBodyBytes?: number;
  /** Fastify plugins and hooks, before the routes of the module are registered. */
  readonly prepare?: (app: NestFastifyApplication, environment: Environment) => void | Promise<void>;
}

const defaultMaxBodyBytes = 1_048_576;

@Module({})
class ServiceModule {}

/** The service with its health endpoints, filter and strategy, not listening yet. */
async function createService(
  definition: ServiceDefinition,
  environment: Environment,
  logger: Logger,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: definition.maxBodyBytes ?? defaultMaxBodyBytes });
  const root = {
    module: ServiceModule,
    imports: [PlatformModule.with(environment, logger, definition.name), definition.module],
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter(logger));
  watchRequests(app, logger);
  guardRequests(app, logger);
  await definition.prepare?.(app, environment);
  // Filters and pipes of HTTP stay with HTTP: the strategy must see a handler's error as it was thrown.
  if (definition.strategy) {
    app.connectMicroservice({ strategy: app.get(definition.strategy) }, { inheritAppConfig: false });
  }
  return app;
}

/**
 * Creates a service in this process and starts it: HTTP first, then the messages. `app.close()` ends it, after
 * the strategy's `close()`.
 * @throws whatever a provider's factory or the port refuses; `startRefusal` knows the sentences
 */
export async function openService(
  definition: ServiceDefinition,
  environment: Environment,
  logger: Logger,
): Promise<NestFastifyApplication> {
  const app = await createService(definition, environment, logger);
  try {
    await app.listen(environment.WAYBILL_PORT, environment.WAYBILL_HOST);
    await app.startAllMicroservices();
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** One line a request, errors as errors, the rest at debug level; and its time, by the route as the router knows it. */
function watchRequests(app: NestFastifyApplication, logger: Logger): void {
  const fastify = app.getHttpAdapter().getInstance();
  const meter = app.get(PrometheusMeter);
  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const { method, url, routeOptions } = request;
    const labels = { method, route: routeOptions.url ?? 'none', status: String(reply.statusCode) };
    meter.record({ metric: 'waybill_http_request_seconds', labels, value: reply.elapsedTime / 1_000 });
    const level = reply.statusCode >= 500 ? 'error' : 'debug';
    if (logger.isLevelEnabled(level)) {
      logger[level]({ method, url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
    }
    done();
  });
}
