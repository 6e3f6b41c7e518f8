import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { systemClock } from '@waybill/jobs';
import { configuredCatalog, readCatalog, WatchedPolicy, watchedTable } from '@waybill/model-providers';
import { ENVIRONMENT, LOGGER, type Environment } from '@waybill/platform';
import type { Logger } from 'pino';
import { RoutingController } from './routing.controller.js';
import { RoutingDesk } from './routing-desk.js';

/** Where work would go. */
@Module({
  controllers: [RoutingController],
  providers: [
    {
      provide: WatchedPolicy,
      inject: [ENVIRONMENT, LOGGER],
      useFactory: (environment: Environment, logger: Logger) => WatchedPolicy.open(environment.WAYBILL_POLICY, logger),
    },
    {
      provide: RoutingDesk,
      inject: [WatchedPolicy, ENVIRONMENT],
      useFactory: async (policy: WatchedPolicy, environment: Environment) => {
        const catalog = await readCatalog(environment.WAYBILL_CATALOG_OVERLAY);
        const { providers, routable } = await configuredCatalog(environment, catalog);
        const tables = {
          all: watchedTable(catalog, policy),
          configured: watchedTable(routable, policy),
          configuredProviders: providers,
        };
        return new RoutingDesk(tables, systemClock);
      },
    },
  ],
})
export class RoutingModule implements OnApplicationShutdown {
  constructor(private readonly policy: WatchedPolicy) {}

  onApplicationShutdown(): void {
    this.policy.close();
  }
}
