import { Module } from '@nestjs/common';
import { PICTURE_LOANS } from '@waybill/document-store';
import { EVENT_LOG } from '@waybill/jetstream';
import { systemClock, type EventLog, type JobArchive } from '@waybill/jobs';
import type { LeaseBook, PictureLoans } from '@waybill/llm-routing';
import { JOB_ARCHIVE, LEASE_BOOK } from '@waybill/persistence';
import { ENVIRONMENT, LOGGER, RepeatedSweep, type Environment } from '@waybill/platform';
import type { Logger } from 'pino';
import { PortsModule } from '../ports.module.js';
import { ContentModule } from '../purge/content.module.js';
import { RepeatPurges } from '../purge/repeat-purges.js';
import { RetentionModule } from '../retention/retention.module.js';
import { SweepRetention } from '../retention/sweep-retention.js';
import { ExpireLeases } from './expire-leases.js';
import { ExpireOverdueJobs } from './expire-overdue-jobs.js';
import { TakeBackPictures } from './take-back-pictures.js';

type Sweeps = [ExpireOverdueJobs, ExpireLeases, RepeatPurges, SweepRetention, TakeBackPictures, Environment, Logger];

/** What is over its time. */
@Module({
  imports: [PortsModule, ContentModule, RetentionModule],
  providers: [
    {
      provide: ExpireOverdueJobs,
      inject: [JOB_ARCHIVE, EVENT_LOG, LOGGER],
      useFactory: (archive: JobArchive, log: EventLog, logger: Logger) =>
        new ExpireOverdueJobs(archive, log, systemClock, logger),
    },
    {
      provide: ExpireLeases,
      inject: [LEASE_BOOK, LOGGER],
      useFactory: (book: LeaseBook, logger: Logger) => new ExpireLeases(book, systemClock, logger),
    },
    {
      provide: TakeBackPictures,
      inject: [PICTURE_LOANS, LOGGER],
      useFactory: (loans: PictureLoans | undefined, logger: Logger) => new TakeBackPictures(loans, systemClock, logger),
    },
    {
      provide: RepeatedSweep,
      inject: [ExpireOverdueJobs, ExpireLeases, RepeatPurges, SweepRetention, TakeBackPictures, ENVIRONMENT, LOGGER],
      useFactory: (...[jobs, leases, purges, over, lent, environment, logger]: Sweeps) =>
        new RepeatedSweep([jobs, leases, purges, over, lent], () => environment.WAYBILL_EXPIRY_SWEEP_MS, logger),
    },
  ],
})
export class ExpiryModule {}
