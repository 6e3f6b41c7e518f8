import { Module } from '@nestjs/common';
import { DOCUMENT_STORE, DocumentStoreModule } from '@waybill/document-store';
import { EVENT_LOG, JetstreamModule, NATS_CONNECTION } from '@waybill/jetstream';
import { systemClock, type DocumentStore, type EventLog } from '@waybill/jobs';
import { shippedCatalog } from '@waybill/llm-routing';
import { RulesProvider } from '@waybill/model-providers';
import { AnswerDocument } from './answer-document.js';
import { AnswerJobHandler } from './answer-job.handler.js';
import { AnswerJob } from './answer-job.js';
import { DeadLetterHandler } from './dead-letter.handler.js';
import { EndUnansweredJob } from './end-unanswered-job.js';

/** Layouts to answers. */
@Module({
  imports: [JetstreamModule.forService('reasoning'), DocumentStoreModule.forConnection(NATS_CONNECTION)],
  controllers: [AnswerJobHandler, DeadLetterHandler],
  providers: [
    {
      provide: AnswerJob,
      inject: [EVENT_LOG, DOCUMENT_STORE],
      useFactory: (events: EventLog, store: DocumentStore) =>
        new AnswerJob(events, new AnswerDocument(shippedCatalog, [new RulesProvider()], store), systemClock),
    },
    {
      provide: EndUnansweredJob,
      inject: [EVENT_LOG],
      useFactory: (events: EventLog) => new EndUnansweredJob(events, systemClock),
    },
  ],
})
export class ReasoningModule {}
