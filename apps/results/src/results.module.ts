import { Module, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AccessModule, routeOfRequest } from '@waybill/access';
import { BLOB_ERASER, DOCUMENT_STORE, DocumentStoreModule } from '@waybill/document-store';
import {
  AUDIT_LOG,
  EVENT_LOG,
  JetstreamModule,
  LANE_GAUGE,
  MESSAGE_ERASER,
  NATS_CONNECTION,
  QUEUE_GAUGE,
  WORK_QUEUE,
} from '@waybill/jetstream';
import {
  systemClock,
  type AuditLog,
  type BlobEraser,
  type DocumentStore,
  type EventLog,
  type JobArchive,
  type JobProjection,
  type JobStatistics,
  type LaneGauge,
  type OperatorNumbers,
  type MessageEraser,
  type QueueGauge,
  type RecordEraser,
  type WebhookLog,
  type WorkQueue,
} from '@waybill/jobs';
import type { BudgetBook, LeaseBook, UsageBook } from '@waybill/llm-routing';
import {
  JOB_ARCHIVE,
  JOB_PROJECTION,
  JOB_STATISTICS,
  KEY_STORE,
  LEASE_BOOK,
  OPERATOR_NUMBERS,
  BUDGET_BOOK,
  USAGE_BOOK,
  PersistenceModule,
  RECORD_ERASER,
  WEBHOOK_LOG,
} from '@waybill/persistence';
import { configuredProviderIds, readCatalog, WatchedPolicy, watchedTable } from '@waybill/model-providers';
import { ENVIRONMENT, LOGGER, PrometheusMeter, type Environment } from '@waybill/platform';
import type { Logger } from 'pino';
import { AuditAccess } from './audit/audit-access.interceptor.js';
import { AuditController } from './audit/audit.controller.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { DocumentsController } from './documents/documents.controller.js';
import { FinishedJob } from './documents/finished-job.js';
import { JobRoute } from './documents/job-route.js';
import { JobPages } from './documents/job-pages.js';
import { LayoutReader } from './documents/layout-reader.js';
import { PageImages } from './documents/page-images.js';
import { PagesController } from './documents/pages.controller.js';
import { EventsController } from './events/events.controller.js';
import { FollowJob } from './events/follow-job.js';
import { ExpireLeases } from './expiry/expire-leases.js';
import { ExpireOverdueJobs } from './expiry/expire-overdue-jobs.js';
import { RepeatedSweep } from './expiry/repeated-sweep.js';
import { ServiceLife } from './http/service-life.js';
import { CancelJob } from './jobs/cancel-job.js';
import { EndJobController } from './jobs/end-job.controller.js';
import { FindJob } from './jobs/find-job.js';
import { JobReader } from './jobs/job-reader.js';
import { JobsController } from './jobs/jobs.controller.js';
import { WaitForJob } from './jobs/wait-for-job.js';
import { watchNumbers } from './metrics/watch-numbers.js';
import { BudgetsController } from './money/budgets.controller.js';
import { KeepBudgets } from './money/keep-budgets.js';
import { ReportUsage } from './money/report-usage.js';
import { UsageController } from './money/usage.controller.js';
import { OverviewController } from './overview/overview.controller.js';
import { ReadOverview } from './overview/read-overview.js';
import { PurgeJob, type PurgeTools } from './purge/purge-job.js';
import { RepeatPurges } from './purge/repeat-purges.js';
import { RecordEvents } from './recording/record-events.js';
import { RecordEventsHandler } from './recording/record-events.handler.js';
import { ReferenceController } from './reference/reference.controller.js';
import { RoutingController } from './routing/routing.controller.js';
import { RoutingDesk } from './routing/routing-desk.js';
import { DeliverWebhook } from './webhooks/deliver-webhook.js';
import { DeliverWebhookHandler } from './webhooks/deliver-webhook.handler.js';
import { QueueWebhook } from './webhooks/queue-webhook.js';
import { WebhookSender } from './webhooks/webhook-sender.js';
import { webhooksDisabled, WebhookSettings } from './webhooks/webhook-settings.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

const jobs: Provider[] = [
  {
    provide: FindJob,
    inject: [JOB_ARCHIVE, EVENT_LOG],
    useFactory: (archive: JobArchive, log: EventLog) => new FindJob(archive, log),
  },
  {
    provide: WaitForJob,
    inject: [FindJob, EVENT_LOG],
    useFactory: (finder: FindJob, log: EventLog) => new WaitForJob(finder, log),
  },
  {
    provide: CancelJob,
    inject: [FindJob, EVENT_LOG],
    useFactory: (finder: FindJob, log: EventLog) => new CancelJob(finder, log, systemClock),
  },
  {
    provide: JobReader,
    inject: [FindJob, JOB_ARCHIVE, QUEUE_GAUGE],
    useFactory: (finder: FindJob, archive: JobArchive, gauge: QueueGauge) =>
      new JobReader(finder, archive, gauge, systemClock),
  },
  {
    provide: ReadOverview,
    inject: [LANE_GAUGE, JOB_STATISTICS],
    useFactory: (gauge: LaneGauge, statistics: JobStatistics) => new ReadOverview(gauge, statistics, systemClock),
  },
  {
    provide: FollowJob,
    inject: [FindJob, EVENT_LOG, JOB_ARCHIVE],
    useFactory: (finder: FindJob, log: EventLog, archive: JobArchive) => new FollowJob(finder, log, archive),
  },
];

const documents: Provider[] = [
  {
    provide: FinishedJob,
    inject: [FindJob, JOB_ARCHIVE, EVENT_LOG],
    useFactory: (finder: FindJob, archive: JobArchive, log: EventLog) => new FinishedJob(finder, archive, log),
  },
  {
    provide: JobRoute,
    inject: [FindJob, JOB_ARCHIVE, EVENT_LOG],
    useFactory: (finder: FindJob, archive: JobArchive, log: EventLog) =>
      new JobRoute(finder, archive, log, systemClock),
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
];

/** What a purge works with, as one thing. */
const PURGE_TOOLS = Symbol('PURGE_TOOLS');

const content: Provider[] = [
  {
    provide: APP_INTERCEPTOR,
    inject: [AUDIT_LOG],
    useFactory: (audit: AuditLog) =>
      new AuditAccess(audit, systemClock, (request) => routeOfRequest(request, 'results')),
  },
  {
    provide: PURGE_TOOLS,
    inject: [EVENT_LOG, JOB_ARCHIVE, BLOB_ERASER, MESSAGE_ERASER, RECORD_ERASER, AUDIT_LOG],
    useFactory: (
      ...[log, archive, blobs, messages, records, audit]: [
        EventLog,
        JobArchive,
        BlobEraser,
        MessageEraser,
        RecordEraser,
        AuditLog,
      ]
    ): PurgeTools => ({ log, archive, blobs, messages, records, audit, clock: systemClock }),
  },
  {
    provide: PurgeJob,
    inject: [FindJob, CancelJob, PURGE_TOOLS],
    useFactory: (finder: FindJob, canceller: CancelJob, tools: PurgeTools) => new PurgeJob(finder, canceller, tools),
  },
  {
    provide: RepeatPurges,
    inject: [RECORD_ERASER, PurgeJob, LOGGER],
    useFactory: (records: RecordEraser, purger: PurgeJob, logger: Logger) =>
      new RepeatPurges(records, purger, systemClock, logger),
  },
];

const money: Provider[] = [
  {
    provide: ReportUsage,
    inject: [USAGE_BOOK],
    useFactory: (book: UsageBook) => new ReportUsage(book, systemClock),
  },
  { provide: KeepBudgets, inject: [BUDGET_BOOK], useFactory: (book: BudgetBook) => new KeepBudgets(book) },
];

const routing: Provider[] = [
  {
    provide: WatchedPolicy,
    inject: [ENVIRONMENT, LOGGER],
    useFactory: (environment: Environment, logger: Logger) =>
      WatchedPolicy.open(environment.WAYBILL_POLICY, {
        info: (sentence) => logger.info(sentence),
        error: (sentence) => logger.error(sentence),
      }),
  },
  {
    provide: RoutingDesk,
    inject: [WatchedPolicy, ENVIRONMENT],
    useFactory: async (policy: WatchedPolicy, environment: Environment) => {
      const catalog = await readCatalog(environment.WAYBILL_CATALOG_OVERLAY);
      const configured = await configuredProviderIds(environment, catalog);
      const askable = catalog.models.filter(({ provider }) => configured.has(provider));
      const tables = {
        all: watchedTable(catalog, policy),
        configured: watchedTable({ ...catalog, models: askable }, policy),
        configuredProviders: configured,
      };
      return new RoutingDesk(tables, systemClock);
    },
  },
];

const webhooks: Provider[] = [
  {
    provide: WebhookSettings,
    inject: [ENVIRONMENT, LOGGER],
    useFactory: (environment: Environment, logger: Logger) => {
      const settings = new WebhookSettings(environment);
      if (!settings.isConfigured) logger.warn(webhooksDisabled);
      return settings;
    },
  },
  {
    provide: WebhookSender,
    inject: [WebhookSettings],
    useFactory: (settings: WebhookSettings) => new WebhookSender(settings.isAllowed),
  },
  {
    provide: QueueWebhook,
    inject: [WORK_QUEUE, WebhookSettings],
    useFactory: (queue: WorkQueue, settings: WebhookSettings) => new QueueWebhook(queue, settings, systemClock),
  },
  {
    provide: DeliverWebhook,
    inject: [FindJob, WEBHOOK_LOG, WebhookSender, WebhookSettings],
    useFactory: (finder: FindJob, log: WebhookLog, sender: WebhookSender, settings: WebhookSettings) =>
      new DeliverWebhook({ jobs: finder, log, clock: systemClock }, sender, settings),
  },
];

/** Nobody injects it: it is there for the numbers to be read. */
const NUMBERS = Symbol('NUMBERS');

const upkeep: Provider[] = [
  ServiceLife,
  {
    provide: NUMBERS,
    inject: [PrometheusMeter, LANE_GAUGE, OPERATOR_NUMBERS],
    useFactory: (meter: PrometheusMeter, gauge: LaneGauge, numbers: OperatorNumbers) => {
      watchNumbers(meter, { gauge, numbers }, systemClock);
      return numbers;
    },
  },
  {
    provide: RecordEvents,
    inject: [JOB_PROJECTION, QueueWebhook],
    useFactory: (projection: JobProjection, queue: QueueWebhook) => new RecordEvents(projection, queue, systemClock),
  },
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
    provide: RepeatedSweep,
    inject: [ExpireOverdueJobs, ExpireLeases, RepeatPurges, ENVIRONMENT, LOGGER],
    useFactory: (
      ...[jobs, leases, purges, environment, logger]: [
        ExpireOverdueJobs,
        ExpireLeases,
        RepeatPurges,
        Environment,
        Logger,
      ]
    ) => new RepeatedSweep([jobs, leases, purges], environment.WAYBILL_EXPIRY_SWEEP_MS, logger),
  },
];

/** Which adapter serves which port, and what the service answers. */
@Module({
  imports: [
    JetstreamModule.forService('results'),
    PersistenceModule.forRoot(),
    DocumentStoreModule.forConnection(NATS_CONNECTION),
    AccessModule.forService({
      imports: [PersistenceModule.forIdentity()],
      keyStore: KEY_STORE,
      guard: { service: 'results', otherPaths: 'authenticate' },
    }),
  ],
  controllers: [
    RecordEventsHandler,
    DeliverWebhookHandler,
    OverviewController,
    JobsController,
    EndJobController,
    AuditController,
    DocumentsController,
    PagesController,
    EventsController,
    WebhooksController,
    DeadLettersController,
    UsageController,
    BudgetsController,
    RoutingController,
    ReferenceController,
  ],
  providers: [...jobs, ...documents, ...content, ...money, ...routing, ...webhooks, ...upkeep],
})
export class ResultsModule implements OnApplicationShutdown {
  constructor(
    private readonly sender: WebhookSender,
    private readonly policy: WatchedPolicy,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.policy.close();
    await this.sender.close();
  }
}
