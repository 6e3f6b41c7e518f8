import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { AccessModule, LIMITS, type WatchedLimits } from '@waybill/access';
import { DOCUMENT_STORE, DocumentStoreModule } from '@waybill/document-store';
import { inspectDocument, libreOffice, limitsOf } from '@waybill/documents';
import { PageQuotas, type SharedStates } from '@waybill/identity';
import { EVENT_LOG, JetstreamModule, NATS_CONNECTION, ROOM_GAUGE, SHARED_STATES, WORK_QUEUE } from '@waybill/jetstream';
import { KeyManagementModule } from '@waybill/key-management';
import {
  refuseHopsOutside,
  refuseLongRetention,
  systemClock,
  type DocumentStore,
  type EventLog,
  type RoomGauge,
  type WorkQueue,
} from '@waybill/jobs';
import { refuseMissingLanguages } from '@waybill/ocr-engines';
import { KEY_STORE, PersistenceModule } from '@waybill/persistence';
import {
  ENVIRONMENT,
  fetchPolicy,
  installationHops,
  readRetentionPolicy,
  WebFetch,
  type Environment,
} from '@waybill/platform';
import { JobsController } from './front-door/jobs.controller.js';
import { FetchDocument } from './planning/fetch-document.js';
import { PlanDeadLetterHandler } from './planning/plan-dead-letter.handler.js';
import { PlanDocument } from './planning/plan-document.js';
import { PlanDocuments } from './planning/plan-documents.js';
import { PlanHandler } from './planning/plan.handler.js';
import { PlanJob } from './planning/plan-job.js';
import { AcceptSubmission } from './submission/accept-submission.js';
import { RefuseAtDoor } from './submission/refuse-at-door.js';
import { RefuseSubmission } from './submission/refuse-submission.js';
import { RefuseWhenFull } from './submission/refuse-when-full.js';
import { RetryJob } from './submission/retry-job.js';
import { StoreDocuments } from './submission/store-documents.js';
import { SubmissionHandler } from './submission/submission.handler.js';

/** The front door: submissions in through REST and NATS, page work out. */
@Module({
  imports: [
    KeyManagementModule.forService(),
    JetstreamModule.forService('intake'),
    DocumentStoreModule.forConnection(NATS_CONNECTION),
    AccessModule.forService({
      imports: [PersistenceModule.forIdentity()],
      keyStore: KEY_STORE,
      shared: SHARED_STATES,
      guard: { service: 'intake', otherPaths: 'pass-on' },
    }),
  ],
  controllers: [JobsController, SubmissionHandler, PlanHandler, PlanDeadLetterHandler],
  providers: [
    {
      provide: StoreDocuments,
      inject: [DOCUMENT_STORE, ENVIRONMENT],
      useFactory: (documents: DocumentStore, environment: Environment) => new StoreDocuments(documents, environment),
    },
    {
      provide: AcceptSubmission,
      inject: [EVENT_LOG, StoreDocuments, ENVIRONMENT],
      useFactory: async (events: EventLog, documents: StoreDocuments, environment: Environment) => {
        const policy = await readRetentionPolicy(environment.WAYBILL_RETENTION);
        const hops = installationHops(environment);
        return new AcceptSubmission(events, documents, systemClock, {
          ...environment,
          refuseLanguages: (languages) => refuseMissingLanguages(environment, languages),
          refuseRetention: (tenant, wish) => refuseLongRetention(policy, tenant, wish),
          refuseRegions: (regions) => refuseHopsOutside(hops, regions),
        });
      },
    },
    {
      provide: RetryJob,
      inject: [EVENT_LOG, DOCUMENT_STORE, StoreDocuments, AcceptSubmission],
      useFactory: (events: EventLog, store: DocumentStore, documents: StoreDocuments, submissions: AcceptSubmission) =>
        new RetryJob({ events, store, clock: systemClock }, documents, submissions),
    },
    {
      provide: RefuseWhenFull,
      inject: [ROOM_GAUGE],
      useFactory: (room: RoomGauge) => new RefuseWhenFull(room),
    },
    {
      provide: PageQuotas,
      inject: [LIMITS, SHARED_STATES],
      useFactory: (limits: WatchedLimits, states: SharedStates) =>
        new PageQuotas(() => limits.current, states, systemClock),
    },
    {
      provide: RefuseAtDoor,
      inject: [RefuseWhenFull, PageQuotas],
      useFactory: (refuseWhenFull: RefuseWhenFull, quotas: PageQuotas) => new RefuseAtDoor(refuseWhenFull, quotas),
    },
    {
      provide: RefuseSubmission,
      inject: [EVENT_LOG],
      useFactory: (events: EventLog) => new RefuseSubmission(events, systemClock),
    },
    {
      provide: FetchDocument,
      inject: [StoreDocuments, ENVIRONMENT],
      useFactory: (documents: StoreDocuments, environment: Environment) =>
        new FetchDocument(documents, new WebFetch(fetchPolicy(environment))),
    },
    {
      provide: PlanDocuments,
      inject: [DOCUMENT_STORE, StoreDocuments, FetchDocument, ENVIRONMENT],
      useFactory: (
        store: DocumentStore,
        documents: StoreDocuments,
        fetchDocument: FetchDocument,
        environment: Environment,
      ) => {
        const limits = limitsOf(environment);
        const converter = libreOffice(environment);
        const planDocument = new PlanDocument(store, documents, fetchDocument, (bytes, { signal, ...help }) =>
          inspectDocument(bytes, limits, signal, { ...help, ...(converter ? { converter } : {}) }),
        );
        return new PlanDocuments(planDocument, environment);
      },
    },
    {
      provide: PlanJob,
      inject: [EVENT_LOG, WORK_QUEUE, PlanDocuments, PageQuotas, ENVIRONMENT],
      useFactory: (
        events: EventLog,
        work: WorkQueue,
        planDocuments: PlanDocuments,
        quotas: PageQuotas,
        environment: Environment,
      ) =>
        new PlanJob({ events, work, clock: systemClock, places: installationHops(environment) }, planDocuments, quotas),
    },
  ],
})
export class IntakeModule implements OnApplicationShutdown {
  constructor(private readonly fetchDocument: FetchDocument) {}

  async onApplicationShutdown(): Promise<void> {
    await this.fetchDocument.close();
  }
}
