import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { ENVIRONMENT, LOGGER, type Environment } from '@waybill/platform';
import type { Logger } from 'pino';
import { WatchedPrior } from './watched-prior.js';

/** Provides WatchedPrior, from where the configuration says that its file is, and lets go of the file at the end. */
@Module({
  providers: [
    {
      provide: WatchedPrior,
      inject: [ENVIRONMENT, LOGGER],
      useFactory: (environment: Environment, logger: Logger) =>
        WatchedPrior.open(environment.WAYBILL_ROUTING_PRIOR, logger),
    },
  ],
  exports: [WatchedPrior],
})
export class WatchedPriorModule implements OnApplicationShutdown {
  constructor(private readonly prior: WatchedPrior) {}

  onApplicationShutdown(): void {
    this.prior.close();
  }
}
