import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { currentTraceparent, WORK_QUEUE } from '@waybill/jetstream';
import { systemClock, type WebhookLog, type WorkQueue } from '@waybill/jobs';
import { WEBHOOK_LOG } from '@waybill/persistence';
import { ENVIRONMENT, LOGGER, type Environment } from '@waybill/platform';
import type { Logger } from 'pino';
import { DocumentsModule } from '../documents/documents.module.js';
import { FindJob } from '../jobs/find-job.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { PortsModule } from '../ports.module.js';
import { DeliverWebhook } from './deliver-webhook.js';
import { DeliverWebhookHandler } from './deliver-webhook.handler.js';
import { QueueWebhook } from './queue-webhook.js';
import { WebhookSender } from './webhook-sender.js';
import { webhooksDisabled, WebhookSettings } from './webhook-settings.js';
import { WebhooksController } from './webhooks.controller.js';

/** Final states, told to whoever asked for it. */
@Module({
  imports: [PortsModule, JobsModule, DocumentsModule],
  controllers: [DeliverWebhookHandler, WebhooksController],
  providers: [
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
      useFactory: (settings: WebhookSettings) => new WebhookSender(settings.isAllowed, currentTraceparent),
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
  ],
  exports: [QueueWebhook],
})
export class WebhooksModule implements OnApplicationShutdown {
  constructor(private readonly sender: WebhookSender) {}

  async onApplicationShutdown(): Promise<void> {
    await this.sender.close();
  }
}
