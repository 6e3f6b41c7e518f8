import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { ENVIRONMENT, LOGGER, type Environment } from '@waybill/platform';
import type { Logger } from 'pino';
import { WatchedPolicy } from './watched-policy.js';
import { WatchedPrior } from './watched-prior.js';

/** Provides WatchedPolicy and WatchedPrior, from where the configuration says that their files are, and lets go of the files at the end. */
@Module({
  providers: [
    {
      provide: WatchedPolicy,
      inject: [ENVIRONMENT, LOGGER],
      useFactory: (environment: Environment, logger: Logger) => WatchedPolicy.open(environment.WAYBILL_POLICY, logger),
    },
    {
      provide: WatchedPrior,
      inject: [ENVIRONMENT, LOGGER],
      useFactory: (environment: Environment, logger: Logger) =>
        WatchedPrior.open(environment.WAYBILL_ROUTING_PRIOR, logger),
    },
  ],
  exports: [WatchedPolicy, WatchedPrior],
})
export class WatchedRoutingModule implements OnApplicationShutdown {
  constructor(
    private readonly policy: WatchedPolicy,
    private readonly prior: WatchedPrior,
  ) {}

  onApplicationShutdown(): void {
    this.policy.close();
    this.prior.close();
  }
}
