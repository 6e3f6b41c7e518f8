import { Module, type DynamicModule, type InjectionToken, type ModuleMetadata } from '@nestjs/common';
import type { BatchBook } from '@waybill/llm-routing';
import { JetStreamBatchBook } from './jetstream/jetstream-batch-book.js';
import { keptWithJobs } from './kept-with-jobs.js';

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
        keptWithJobs(BATCH_BOOK, connection, (nats, options): Promise<BatchBook> =>
          JetStreamBatchBook.open(nats, options),
        ),
      ],
      exports: [BATCH_BOOK],
    };
  }
}
