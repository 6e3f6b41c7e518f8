import { Module } from '@nestjs/common';
import { systemClock } from '@waybill/jobs';
import {
  configuredCatalog,
  readCatalog,
  WatchedPolicy,
  WatchedPolicyModule,
  watchedTable,
} from '@waybill/model-providers';
import { ENVIRONMENT, type Environment } from '@waybill/platform';
import { RoutingController } from './routing.controller.js';
import { RoutingDesk } from './routing-desk.js';

/** Where work would go. */
@Module({
  imports: [WatchedPolicyModule],
  controllers: [RoutingController],
  providers: [
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
export class RoutingModule {}
