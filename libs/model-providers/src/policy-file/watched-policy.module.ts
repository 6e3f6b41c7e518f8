import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { ENVIRONMENT, LOGGER, type Environment } from '@waybill/platform';
import type { Logger } from 'pino';
import { WatchedPolicy } from './watched-policy.js';

/** Provides WatchedPolicy, from where the configuration says that its file is, and lets go of the file at the end. */
@Module({
  providers: [
    {
      provide: WatchedPolicy,
      inject: [ENVIRONMENT, LOGGER],
      useFactory: (environment: Environment, logger: Logger) => WatchedPolicy.open(environment.WAYBILL_POLICY, logger),
    },
  ],
  exports: [WatchedPolicy],
})
export class WatchedPolicyModule implements OnApplicationShutdown {
  constructor(private readonly policy: WatchedPolicy) {}

  onApplicationShutdown(): void {
    this.policy.close();
  }
}
