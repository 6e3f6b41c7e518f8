import { Module } from '@nestjs/common';
import { ANSWER_JOURNAL, AnswerJournalModule, DOCUMENT_STORE, DocumentStoreModule } from '@waybill/document-store';
import { scalePicture } from '@waybill/documents';
import { EVENT_LOG, JetstreamModule, NATS_CONNECTION } from '@waybill/jetstream';
import { systemClock, type DocumentStore, type EventLog } from '@waybill/jobs';
import {
  buildRouteTable,
  Cascade,
  InProcessRouteState,
  MemoryKeyHealth,
  shippedPolicy,
  type AnswerJournal,
  type CascadeTools,
  type Purse,
} from '@waybill/llm-routing';
import { configuredProviders, readCatalog, routableCatalog } from '@waybill/model-providers';
import { PersistenceModule, PURSE } from '@waybill/persistence';
import { ENVIRONMENT, type Environment } from '@waybill/platform';
import { AnswerDocument } from './answer-document.js';
import { AnswerJobHandler } from './answer-job.handler.js';
import { AnswerJob } from './answer-job.js';
import { DeadLetterHandler } from './dead-letter.handler.js';
import { EndUnansweredJob } from './end-unanswered-job.js';
import { AnswerExtract } from './extract/answer-extract.js';
import { PagePictures } from './page-pictures.js';

const CASCADE_TOOLS = Symbol('CASCADE_TOOLS');

/** Layouts to answers. */
@Module({
  imports: [
    JetstreamModule.forService('reasoning'),
    DocumentStoreModule.forConnection(NATS_CONNECTION),
    AnswerJournalModule.forConnection(NATS_CONNECTION),
    PersistenceModule.forRoot(),
  ],
  controllers: [AnswerJobHandler, DeadLetterHandler],
  providers: [
    {
      provide: CASCADE_TOOLS,
      inject: [DOCUMENT_STORE, ANSWER_JOURNAL, PURSE, ENVIRONMENT],
      useFactory: async (
        blobs: DocumentStore,
        journal: AnswerJournal,
        purse: Purse,
        environment: Environment,
      ): Promise<CascadeTools> => {
        const catalog = await readCatalog(environment.WAYBILL_CATALOG_OVERLAY);
        const surroundings = { blobs, keyHealth: new MemoryKeyHealth(), clock: systemClock, random: Math.random };
        const configured = await configuredProviders(environment, catalog, surroundings);
        const table = buildRouteTable(routableCatalog(catalog, configured), shippedPolicy);
        return {
          ...configured,
          ...{ table: () => table, journal, clock: systemClock },
          ...{ state: new InProcessRouteState(systemClock), purse },
        };
      },
    },
    {
      provide: AnswerJob,
      inject: [EVENT_LOG, DOCUMENT_STORE, CASCADE_TOOLS],
      useFactory: (events: EventLog, store: DocumentStore, tools: CascadeTools) => {
        const extract = new AnswerExtract(new Cascade(tools), new PagePictures(store, scalePicture), tools.table);
        return new AnswerJob(events, new AnswerDocument({ extract }, store), systemClock);
      },
    },
    {
      provide: EndUnansweredJob,
      inject: [EVENT_LOG],
      useFactory: (events: EventLog) => new EndUnansweredJob(events, systemClock),
    },
  ],
})
export class ReasoningModule {}
