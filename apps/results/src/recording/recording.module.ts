import { Module } from '@nestjs/common';
import { systemClock, type JobProjection } from '@waybill/jobs';
import { JOB_PROJECTION } from '@waybill/persistence';
import { PortsModule } from '../ports.module.js';
import { DateRetention } from '../retention/date-retention.js';
import { RetentionModule } from '../retention/retention.module.js';
import { QueueWebhook } from '../webhooks/queue-webhook.js';
import { WebhooksModule } from '../webhooks/webhooks.module.js';
import { RecordEvents } from './record-events.js';
import { RecordEventsHandler } from './record-events.handler.js';

/** Events become rows. */
@Module({
  imports: [PortsModule, WebhooksModule, RetentionModule],
  controllers: [RecordEventsHandler],
  providers: [
    {
      provide: RecordEvents,
      inject: [JOB_PROJECTION, QueueWebhook, DateRetention],
      useFactory: (projection: JobProjection, queue: QueueWebhook, dates: DateRetention) =>
        new RecordEvents(projection, queue, systemClock, dates),
    },
  ],
})
export class RecordingModule {}
