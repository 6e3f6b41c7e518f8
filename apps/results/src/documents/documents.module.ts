import { Module } from '@nestjs/common';
import { DOCUMENT_STORE } from '@waybill/document-store';
import { EVENT_LOG } from '@waybill/jetstream';
import { systemClock, type DocumentStore, type EventLog, type JobArchive } from '@waybill/jobs';
import type { ChatReceiptBook } from '@waybill/llm-routing';
import { CHAT_RECEIPT_BOOK, JOB_ARCHIVE } from '@waybill/persistence';
import { ENVIRONMENT, statedHops, type Environment } from '@waybill/platform';
import { FindJob } from '../jobs/find-job.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { PortsModule } from '../ports.module.js';
import { DocumentsController } from './documents.controller.js';
import { FinishedJob } from './finished-job.js';
import { JobRoute } from './job-route.js';
import { JobPages } from './job-pages.js';
import { LayoutReader } from './layout-reader.js';
import { PageImages } from './page-images.js';
import { PagesController } from './pages.controller.js';

/** What a job came to: its answer, its pages and their pictures. */
@Module({
  imports: [PortsModule, JobsModule],
  controllers: [DocumentsController, PagesController],
  providers: [
    {
      provide: FinishedJob,
      inject: [FindJob, JOB_ARCHIVE, EVENT_LOG],
      useFactory: (finder: FindJob, archive: JobArchive, log: EventLog) => new FinishedJob(finder, archive, log),
    },
    {
      provide: JobRoute,
      inject: [FindJob, JOB_ARCHIVE, EVENT_LOG, CHAT_RECEIPT_BOOK, ENVIRONMENT],
      useFactory: (
        finder: FindJob,
        archive: JobArchive,
        log: EventLog,
        chats: ChatReceiptBook,
        environment: Environment,
      ) => new JobRoute(finder, { archive, log, chats }, systemClock, statedHops(environment)),
    },
    {
      provide: JobPages,
      inject: [JOB_ARCHIVE, EVENT_LOG],
      useFactory: (archive: JobArchive, log: EventLog) => new JobPages(archive, log),
    },
    {
      provide: LayoutReader,
      inject: [DOCUMENT_STORE],
      useFactory: (store: DocumentStore) => new LayoutReader(store),
    },
    { provide: PageImages, inject: [DOCUMENT_STORE], useFactory: (store: DocumentStore) => new PageImages(store) },
  ],
  exports: [FinishedJob],
})
export class DocumentsModule {}
