import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { consumers, type JobEvent, type JobKey } from '@waybill/contracts';
import { JetstreamContext, runWithTrace, type Delivered } from '@waybill/jetstream';
import type { Outcome } from '@waybill/jobs';
import { RecordEvents } from './record-events.js';

@Controller()
export class RecordEventsHandler {
  constructor(private readonly recordEvents: RecordEvents) {}

  @EventPattern<string>(consumers.recordEvents.name)
  async handle(@Payload() batch: readonly Delivered<JobEvent>[], @Ctx() context: JetstreamContext): Promise<Outcome> {
    const events = batch.map(({ sequence, payload }) => ({ sequence, event: payload }));
    // A batch is about many jobs: what is said of one goes on in its own trace.
    const traces = new Map(batch.map(({ payload, traceparent }) => [keyOf(payload), traceparent]));
    return await this.recordEvents.record(events, context.log, (job, work) => {
      const traceparent = traces.get(keyOf(job));
      return traceparent === undefined ? work() : runWithTrace(traceparent, work);
    });
  }
}

const keyOf = ({ tenant, jobId }: JobKey): string => `${tenant} ${jobId}`;
