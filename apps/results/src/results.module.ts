import { Module } from '@nestjs/common';
import { AccessModule } from '@waybill/access';
import { JetstreamModule, SHARED_STATES } from '@waybill/jetstream';
import { KeyManagementModule } from '@waybill/key-management';
import { KEY_STORE, PersistenceModule } from '@waybill/persistence';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { DocumentsModule } from './documents/documents.module.js';
import { ExpiryModule } from './expiry/expiry.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { MoneyModule } from './money/money.module.js';
import { OverviewModule } from './overview/overview.module.js';
import { ContentModule } from './purge/content.module.js';
import { RecordingModule } from './recording/recording.module.js';
import { ReferenceController } from './reference/reference.controller.js';
import { RoutingModule } from './routing/routing.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** The rooms of the service, each with what it answers. */
@Module({
  imports: [
    KeyManagementModule.forService(),
    JetstreamModule.forService('results'),
    AccessModule.forService({
      imports: [PersistenceModule.forIdentity()],
      keyStore: KEY_STORE,
      shared: SHARED_STATES,
      guard: { service: 'results', otherPaths: 'authenticate' },
    }),
    RecordingModule,
    OverviewModule,
    JobsModule,
    DocumentsModule,
    ContentModule,
    WebhooksModule,
    MoneyModule,
    RoutingModule,
    ExpiryModule,
  ],
  controllers: [DeadLettersController, ReferenceController],
})
export class ResultsModule {}
