import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { routeOfRequest } from '@waybill/access';
import { BLOB_ERASER } from '@waybill/document-store';
import { AUDIT_LOG, EVENT_LOG, MESSAGE_ERASER } from '@waybill/jetstream';
import {
  systemClock,
  type AuditLog,
  type BatchBook,
  type BlobEraser,
  type EventLog,
  type FileShelf,
  type JobArchive,
  type MessageEraser,
  type RecordEraser,
} from '@waybill/jobs';
import { BATCH_BOOK, FILE_SHELF, JOB_ARCHIVE, RECORD_ERASER } from '@waybill/persistence';
import { LOGGER } from '@waybill/platform';
import type { Logger } from 'pino';
import { AuditAccess } from '../audit/audit-access.interceptor.js';
import { AuditController } from '../audit/audit.controller.js';
import { CancelJob } from '../jobs/cancel-job.js';
import { EndJobController } from '../jobs/end-job.controller.js';
import { FindJob } from '../jobs/find-job.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { PortsModule } from '../ports.module.js';
import { PurgeBatch } from './purge-batch.js';
import { PURGE_TOOLS, PurgeJob, type PurgeTools } from './purge-job.js';
import { PurgeReceiptsController } from './purge-receipts.controller.js';
import { RepeatPurges } from './repeat-purges.js';

type Tools = [EventLog, JobArchive, BlobEraser, MessageEraser, RecordEraser, AuditLog];

/** Who looked at content, and how it goes for good. */
@Module({
  imports: [PortsModule, JobsModule],
  controllers: [EndJobController, AuditController, PurgeReceiptsController],
  providers: [
    {
      provide: APP_INTERCEPTOR,
      inject: [AUDIT_LOG],
      useFactory: (audit: AuditLog) =>
        new AuditAccess(audit, systemClock, (request) => routeOfRequest(request, 'results')),
    },
    {
      provide: PURGE_TOOLS,
      inject: [EVENT_LOG, JOB_ARCHIVE, BLOB_ERASER, MESSAGE_ERASER, RECORD_ERASER, AUDIT_LOG],
      useFactory: (...[log, archive, blobs, messages, records, audit]: Tools): PurgeTools => ({
        log,
        archive,
        blobs,
        messages,
        records,
        audit,
        clock: systemClock,
      }),
    },
    {
      provide: PurgeJob,
      inject: [FindJob, CancelJob, PURGE_TOOLS],
      useFactory: (finder: FindJob, canceller: CancelJob, tools: PurgeTools) => new PurgeJob(finder, canceller, tools),
    },
    {
      provide: PurgeBatch,
      inject: [BATCH_BOOK, FILE_SHELF, PURGE_TOOLS],
      useFactory: (book: BatchBook, shelf: FileShelf, { blobs, records, audit, clock }: PurgeTools) =>
        new PurgeBatch({ book, shelf, blobs, records, audit, clock }),
    },
    {
      provide: RepeatPurges,
      inject: [RECORD_ERASER, PurgeJob, LOGGER],
      useFactory: (records: RecordEraser, purger: PurgeJob, logger: Logger) =>
        new RepeatPurges(records, purger, systemClock, logger),
    },
  ],
  exports: [PURGE_TOOLS, PurgeJob, PurgeBatch, RepeatPurges],
})
export class ContentModule {}
