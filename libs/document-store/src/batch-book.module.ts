import { Module, type DynamicModule, type InjectionToken, type ModuleMetadata } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { streams } from '@waybill/contracts';
import type { BatchBook } from '@waybill/llm-routing';
import { ENVIRONMENT, SEALER, type Environment } from '@waybill/platform';
import type { Sealer } from '@waybill/sealing';
import { JetStreamBatchBook } from './jetstream/jetstream-batch-book.js';

/** The port `BatchBook` of `@waybill/llm-routing`. */
export const BATCH_BOOK = Symbol('BATCH_BOOK');

/** Provides BATCH_BOOK. Its records are kept as long as the events of their jobs. */
@Module({})
export class BatchBookModule {
  /**
   * The book inside NATS, over a connection that somebody else opens and closes.
   * @param connection token of a NatsConnection; `imports` are the modules that provide it, unless they are global.
   */
  static forConnection(connection: InjectionToken, imports: ModuleMetadata['imports'] = []): DynamicModule {
    return {
      module: BatchBookModule,
      imports,
      providers: [
        {
          provide: BATCH_BOOK,
          inject: [connection, ENVIRONMENT, SEALER],
          useFactory: (nats: NatsConnection, environment: Environment, sealer: Sealer): Promise<BatchBook> =>
            JetStreamBatchBook.open(nats, {
              sealer,
              replicas: environment.WAYBILL_STREAM_REPLICAS,
              keepMs: streams.events.maxAgeMs,
            }),
        },
      ],
      exports: [BATCH_BOOK],
    };
  }
}
