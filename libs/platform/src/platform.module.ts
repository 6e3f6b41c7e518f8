import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Environment } from './config.js';
import { HealthController } from './health.controller.js';
import { ReadinessChecks } from './readiness-checks.js';

/** The typed, frozen environment of the process. */
export const ENVIRONMENT = Symbol('ENVIRONMENT');
/** The pino logger of the process. */
export const LOGGER = Symbol('LOGGER');

/** What every service has, everywhere: environment, logger, readiness checks and the health endpoints. */
@Module({})
export class PlatformModule {
  static with(environment: Environment, logger: Logger): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      controllers: [HealthController],
      providers: [
        { provide: ENVIRONMENT, useValue: environment },
        { provide: LOGGER, useValue: logger },
        ReadinessChecks,
      ],
      exports: [ENVIRONMENT, LOGGER, ReadinessChecks],
    };
  }
}
