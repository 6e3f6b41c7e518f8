import { Module } from '@nestjs/common';
import { systemClock, type JobProjection } from '@waybill/jobs';
import { JOB_PROJECTION } from '@waybill/persistence';
import { PortsModule } from '../ports.module.js';
import { QueueWebhook } from '../webhooks/queue-webhook.js';
import { WebhooksModule } from '../webhooks/webhooks.module.js';
import { RecordEvents } from './record-events.js';
import { RecordEventsHandler } from './record-events.handler.js';

/** Events become rows. */
@Module({
  imports: [PortsModule, WebhooksModule],
  controllers: [RecordEventsHandler],
  providers: [
    {
      provide: RecordEvents,
      inject: [JOB_PROJECTION, QueueWebhook],
      useFactory: (projection: JobProjection, queue: QueueWebhook) => new RecordEvents(projection, queue, systemClock),
    },
  ],
})
export class RecordingModule {}
