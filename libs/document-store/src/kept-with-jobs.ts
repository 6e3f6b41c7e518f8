import type { FactoryProvider, InjectionToken } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { streams } from '@waybill/contracts';
import { ENVIRONMENT, SEALER, type Environment } from '@waybill/platform';
import type { Sealer } from '@waybill/sealing';
import type { SealedStoreOptions } from './jetstream/store-options.js';

/** Provides what is kept inside NATS for as long as the events of its jobs. `connection` is the token of a NatsConnection. */
export const keptWithJobs = <Store>(
  provide: symbol,
  connection: InjectionToken,
  open: (nats: NatsConnection, options: SealedStoreOptions) => Promise<Store>,
): FactoryProvider<Store> => ({
  provide,
  inject: [connection, ENVIRONMENT, SEALER],
  useFactory: (nats: NatsConnection, environment: Environment, sealer: Sealer): Promise<Store> =>
    open(nats, { sealer, replicas: environment.WAYBILL_STREAM_REPLICAS, keepMs: streams.events.maxAgeMs }),
});
