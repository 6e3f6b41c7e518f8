import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { consumers, type DeliverWebhookWork } from '@waybill/contracts';
import { JetstreamContext } from '@waybill/jetstream';
import { deferred, StageError, type Outcome } from '@waybill/jobs';
import { DeliverWebhook } from './deliver-webhook.js';

/** How long a delivery waits for what it needs to look up. */
const patienceMs = 2_000;

@Controller()
export class DeliverWebhookHandler {
  constructor(private readonly deliverWebhook: DeliverWebhook) {}

  @EventPattern<string>(consumers.deliverWebhook.name)
  async handle(@Payload() work: DeliverWebhookWork, @Ctx() context: JetstreamContext): Promise<Outcome> {
    try {
      return await this.deliverWebhook.deliver(work, context);
    } catch (error) {
      if (!(error instanceof StageError) || !error.retryable) throw error;
      return deferred(new Date(Date.now() + patienceMs), error.message);
    }
  }
}
