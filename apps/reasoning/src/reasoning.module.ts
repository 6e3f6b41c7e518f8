import { Module, type OnApplicationShutdown } from '@nestjs/common';
import {
  ANSWER_JOURNAL,
  AnswerJournalModule,
  BATCH_BOOK,
  BatchBookModule,
  DOCUMENT_STORE,
  DocumentStoreModule,
  PICTURE_LOANS,
} from '@waybill/document-store';
import { laneConsumer } from '@waybill/contracts';
import { scalePicture } from '@waybill/documents';
import { createModerators, lookAtPicture, WatchedGuardrails } from '@waybill/guardrail-engines';
import { EVENT_LOG, JetstreamModule, NATS_CONNECTION, WORK_QUEUE } from '@waybill/jetstream';
import { KeyManagementModule } from '@waybill/key-management';
import { systemClock, type DocumentStore, type EventLog, type WorkQueue } from '@waybill/jobs';
import {
  keeperOf,
  type AnswerJournal,
  type BatchBook,
  type CascadeTools,
  type KeyHealth,
  type PictureLoans,
  type Purse,
  type RouteState,
  type UsageBook,
} from '@waybill/llm-routing';
import {
  configuredLimits,
  configuredProviders,
  readCatalog,
  routableCatalog,
  WatchedPolicy,
  WatchedPrior,
  WatchedPolicyModule,
  WatchedPriorModule,
  watchedTable,
} from '@waybill/model-providers';
import { PersistenceModule, PURSE, USAGE_BOOK } from '@waybill/persistence';
import { ENVIRONMENT, installationHops, LOGGER, RepeatedSweep, statedHops, type Environment } from '@waybill/platform';
import { ROUTE_STATE, RouteStateModule } from '@waybill/route-state';
import type { Logger } from 'pino';
import { AnswerDocument } from './answer-document.js';
import { AnswerJobHandler } from './answer-job.handler.js';
import { AnswerJob } from './answer-job.js';
import { DeadLetterHandler } from './dead-letter.handler.js';
import { EventAttemptLog } from './event-attempt-log.js';
import { EndUnansweredJob } from './end-unanswered-job.js';
import { answerKinds } from './answer-kinds.js';
import { DocumentGuards } from './guard/document-guards.js';
import { isJobOver } from './is-job-over.js';
import { laneWidths } from './lane-widths.js';
import { PagePictures } from './page-pictures.js';

const CASCADE_TOOLS = Symbol('CASCADE_TOOLS');

/** Layouts to answers. */
@Module({
  imports: [
    KeyManagementModule.forService(),
    JetstreamModule.forService('reasoning', laneWidths),
    DocumentStoreModule.forConnection(NATS_CONNECTION),
    AnswerJournalModule.forConnection(NATS_CONNECTION),
    BatchBookModule.forConnection(NATS_CONNECTION),
    PersistenceModule.forRoot(),
    WatchedPolicyModule,
    WatchedPriorModule,
    RouteStateModule.forConnection(NATS_CONNECTION, { inject: [ENVIRONMENT], limits: configuredLimits }),
  ],
  controllers: [AnswerJobHandler, DeadLetterHandler],
  providers: [
    {
      provide: WatchedGuardrails,
      inject: [ENVIRONMENT, LOGGER],
      useFactory: async (environment: Environment, logger: Logger) => {
        const watched = await WatchedGuardrails.open(environment.WAYBILL_GUARDRAILS, logger);
        // A key that is missing is said at start, not in the middle of a night.
        createModerators(watched.current, process.env);
        return watched;
      },
    },
    {
      provide: DocumentGuards,
      inject: [WatchedGuardrails, DOCUMENT_STORE, ENVIRONMENT],
      useFactory: (watched: WatchedGuardrails, store: DocumentStore, environment: Environment) => {
        const moderators = (policy: WatchedGuardrails['current']) => createModerators(policy, process.env);
        return new DocumentGuards({
          policy: () => watched.current,
          moderators,
          store,
          look: lookAtPicture,
          scale: scalePicture,
          region: environment.WAYBILL_REGION,
        });
      },
    },
    {
      provide: CASCADE_TOOLS,
      inject: [
        ...[DOCUMENT_STORE, ANSWER_JOURNAL, BATCH_BOOK, PURSE, ROUTE_STATE],
        ...[WatchedPolicy, ENVIRONMENT, EVENT_LOG, PICTURE_LOANS],
      ],
      useFactory: async (
        blobs: DocumentStore,
        journal: AnswerJournal,
        book: BatchBook,
        purse: Purse,
        state: RouteState & KeyHealth,
        policy: WatchedPolicy,
        environment: Environment,
        events: EventLog,
        loans: PictureLoans | undefined,
      ): Promise<CascadeTools> => {
        const catalog = await readCatalog(environment.WAYBILL_CATALOG_OVERLAY);
        const surroundings = { blobs, keyHealth: state, clock: systemClock, random: Math.random };
        const configured = await configuredProviders(environment, catalog, surroundings);
        const table = watchedTable(routableCatalog(catalog, configured), policy);
        const attempts = new EventAttemptLog(events, systemClock);
        const batches = { book, store: blobs, isOver: isJobOver(events, systemClock) };
        const kept = { journal, attempts, batches, ...(loans ? { loans } : {}) };
        return { ...configured, table, ...kept, clock: systemClock, state, purse };
      },
    },
    {
      provide: AnswerJob,
      inject: [EVENT_LOG, DOCUMENT_STORE, WORK_QUEUE, CASCADE_TOOLS, WatchedPrior, DocumentGuards, ENVIRONMENT],
      useFactory: (
        events: EventLog,
        store: DocumentStore,
        queue: WorkQueue,
        tools: CascadeTools,
        prior: WatchedPrior,
        guards: DocumentGuards,
        environment: Environment,
      ) => {
        const answering = { ...tools, prior: () => prior.current };
        const kinds = answerKinds(answering, new PagePictures(store, scalePicture, guards.covers), guards);
        const hops = { ownHops: statedHops(environment), places: installationHops(environment) };
        const answerTools = { queue, clock: systemClock, ...hops };
        return new AnswerJob(events, new AnswerDocument(kinds, store, guards), answerTools);
      },
    },
    {
      provide: RepeatedSweep,
      inject: [CASCADE_TOOLS, ENVIRONMENT, LOGGER],
      useFactory: (tools: CascadeTools, environment: Environment, logger: Logger) => {
        const isHere = laneWidths(environment).concurrency?.[laneConsumer('batch')] !== 0;
        const keeper = isHere ? keeperOf(tools) : undefined;
        const sweeps = keeper ? [{ name: 'batches at providers', run: keeper.round.bind(keeper) }] : [];
        return new RepeatedSweep(sweeps, () => tools.table().policy.batch.pollMs, logger);
      },
    },
    {
      provide: EndUnansweredJob,
      inject: [EVENT_LOG, USAGE_BOOK],
      useFactory: (events: EventLog, usage: UsageBook) => new EndUnansweredJob(events, usage, systemClock),
    },
  ],
})
export class ReasoningModule implements OnApplicationShutdown {
  constructor(private readonly guardrails: WatchedGuardrails) {}

  onApplicationShutdown(): void {
    this.guardrails.close();
  }
}
