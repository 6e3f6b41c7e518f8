import { Module } from '@nestjs/common';
import { DOCUMENT_STORE, DocumentStoreModule } from '@waybill/document-store';
import { EVENT_LOG, JetstreamModule, NATS_CONNECTION } from '@waybill/jetstream';
import { systemClock, type DocumentStore, type EventLog } from '@waybill/jobs';
import { modelsAtNoCost } from '@waybill/llm-routing';
import { readCatalog, RulesProvider } from '@waybill/model-providers';
import { ENVIRONMENT, type Environment } from '@waybill/platform';
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
      inject: [EVENT_LOG, DOCUMENT_STORE, ENVIRONMENT],
      useFactory: async (events: EventLog, store: DocumentStore, environment: Environment) => {
        const rules = new RulesProvider();
        const catalog = await readCatalog(environment.WAYBILL_CATALOG_OVERLAY);
        const models = modelsAtNoCost(catalog).filter(({ provider }) => provider === rules.id);
        return new AnswerJob(events, new AnswerDocument(models, [rules], store), systemClock);
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
