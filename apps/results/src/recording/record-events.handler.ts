import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { consumers, type JobEvent } from '@waybill/contracts';
import { JetstreamContext, type Delivered } from '@waybill/jetstream';
import type { Outcome } from '@waybill/jobs';
import { RecordEvents } from './record-events.js';

@Controller()
export class RecordEventsHandler {
  constructor(private readonly recordEvents: RecordEvents) {}

  @EventPattern<string>(consumers.recordEvents.name)
  async handle(@Payload() batch: readonly Delivered<JobEvent>[], @Ctx() context: JetstreamContext): Promise<Outcome> {
    const events = batch.map(({ sequence, payload }) => ({ sequence, event: payload }));
    return await this.recordEvents.record(events, context.log);
  }
}
