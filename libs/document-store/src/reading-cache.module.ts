import { Module, type DynamicModule, type InjectionToken, type ModuleMetadata } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { noReadingCache, type ReadingCache } from '@waybill/document-layout';
import { ENVIRONMENT, SEALER, type Environment } from '@waybill/platform';
import type { Sealer } from '@waybill/sealing';
import { JetStreamReadingCache } from './jetstream/jetstream-reading-cache.js';

/** The port `ReadingCache` of `@waybill/document-layout`. */
export const READING_CACHE = Symbol('READING_CACHE');

/** Provides READING_CACHE, as large and as old as the configuration allows; with no room at all, one that keeps nothing. */
@Module({})
export class ReadingCacheModule {
  /**
   * The cache inside NATS, over a connection that somebody else opens and closes.
   * @param connection token of a NatsConnection; `imports` are the modules that provide it, unless they are global.
   */
  static forConnection(connection: InjectionToken, imports: ModuleMetadata['imports'] = []): DynamicModule {
    return {
      module: ReadingCacheModule,
      imports,
      providers: [
        {
          provide: READING_CACHE,
          inject: [connection, ENVIRONMENT, SEALER],
          useFactory: async (nats: NatsConnection, environment: Environment, sealer: Sealer): Promise<ReadingCache> => {
            const maxBytes = environment.WAYBILL_READING_CACHE_BYTES;
            if (maxBytes === 0) return noReadingCache;
            const keepMs = environment.WAYBILL_READING_CACHE_AGE_MS;
            return await JetStreamReadingCache.open(nats, {
              sealer,
              replicas: environment.WAYBILL_STREAM_REPLICAS,
              keepMs,
              maxBytes,
            });
          },
        },
      ],
      exports: [READING_CACHE],
    };
  }
}
