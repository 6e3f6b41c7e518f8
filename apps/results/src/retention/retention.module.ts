import { Module } from '@nestjs/common';
import type { RetentionBook, RetentionPolicy } from '@waybill/jobs';
import { RETENTION_BOOK } from '@waybill/persistence';
import { ENVIRONMENT, LOGGER, readRetentionPolicy, type Environment } from '@waybill/platform';
import type { Logger } from 'pino';
import { PortsModule } from '../ports.module.js';
import { ContentModule } from '../purge/content.module.js';
import { PurgeBatch } from '../purge/purge-batch.js';
import { PURGE_TOOLS, PurgeJob, type PurgeTools } from '../purge/purge-job.js';
import { DateRetention } from './date-retention.js';
import { SweepRetention } from './sweep-retention.js';

const RETENTION_POLICY = Symbol('RETENTION_POLICY');
type Tools = [PurgeTools, PurgeJob, PurgeBatch, RetentionBook, DateRetention, RetentionPolicy, Logger];

/** How long the parts of a job are kept. */
@Module({
  imports: [PortsModule, ContentModule],
  providers: [
    {
      provide: RETENTION_POLICY,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => readRetentionPolicy(environment.WAYBILL_RETENTION),
    },
    {
      provide: DateRetention,
      inject: [RETENTION_BOOK, RETENTION_POLICY],
      useFactory: (book: RetentionBook, policy: RetentionPolicy) => new DateRetention(book, policy),
    },
    {
      provide: SweepRetention,
      inject: [PURGE_TOOLS, PurgeJob, PurgeBatch, RETENTION_BOOK, DateRetention, RETENTION_POLICY, LOGGER],
      useFactory: (...[tools, purger, batches, book, dates, policy, logger]: Tools) =>
        new SweepRetention({ ...tools, purger, batches, book }, dates, policy, logger),
    },
  ],
  exports: [DateRetention, SweepRetention],
})
export class RetentionModule {}
