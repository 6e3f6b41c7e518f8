import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { consumers, type JobAccepted } from '@waybill/contracts';
import { JetstreamContext } from '@waybill/jetstream';
import { completed, failedRetryable, outcomeOfError, type Outcome } from '@waybill/jobs';
import { PlanJob } from './plan-job.js';

/** Every accepted job comes here, through whichever door it came. */
@Controller()
export class PlanHandler {
  constructor(private readonly planJob: PlanJob) {}

  @EventPattern<string>(consumers.plan.name)
  async handle(@Payload() accepted: JobAccepted, @Ctx() context: JetstreamContext): Promise<Outcome> {
    const { signal, redelivered, attempt, maxAttempts } = context;
    try {
      await this.planJob.plan(accepted, { signal, redelivered, isLastAttempt: attempt >= maxAttempts });
      return completed();
    } catch (error) {
      const outcome = outcomeOfError(error);
      if (outcome) return outcome;
      // What stops at the signal fails in its own words; the transport knows why it told us to stop.
      if (signal.aborted) return failedRetryable({ code: 'internal', message: 'Planning was stopped.' });
      throw error;
    }
  }
}
