import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Environment } from './config.js';
import { HealthController } from './health.controller.js';
import { ReadinessChecks } from './readiness-checks.js';
import { MetricsController } from './telemetry/metrics.controller.js';
import { openTracer, TRACER } from './telemetry/open-tracer.js';
import { PrometheusMeter } from './telemetry/prometheus-meter.js';
import { ENVIRONMENT, LOGGER } from './tokens.js';

/** What every service has, everywhere: environment, logger, meter, readiness checks, and the endpoints for operators. */
@Module({})
export class PlatformModule {
  /** @param service its name, on every metric */
  static with(environment: Environment, logger: Logger, service: string): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: ENVIRONMENT, useValue: environment },
        { provide: LOGGER, useValue: logger },
        { provide: PrometheusMeter, useFactory: () => new PrometheusMeter(service) },
        { provide: TRACER, useFactory: () => openTracer(service, process.env) },
        ReadinessChecks,
      ],
      exports: [ENVIRONMENT, LOGGER, PrometheusMeter, TRACER, ReadinessChecks],
    };
  }
}
