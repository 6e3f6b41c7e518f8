import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { consumers, type JobAccepted } from '@waybill/contracts';
import { JetstreamContext } from '@waybill/jetstream';
import { completed, deferred, failedRetryable, outcomeOfError, StageError, type Outcome } from '@waybill/jobs';
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
      if (isRefusedByQueue(error)) return deferred(new Date(Date.now() + error.retryAfterMs), error.message);
      const outcome = outcomeOfError(error);
      if (outcome) return outcome;
      // What stops at the signal fails in its own words; the transport knows why it told us to stop.
      if (signal.aborted) return failedRetryable({ code: 'internal', message: 'Planning was stopped.' });
      throw error;
    }
  }
}

/** A full queue says when to come again; that the plan's pages must wait for room is no failed attempt. */
const isRefusedByQueue = (error: unknown): error is StageError & { readonly retryAfterMs: number } =>
  error instanceof StageError && error.failure.code === 'unavailable' && error.retryAfterMs !== undefined;
