import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { consumers, type DeadLetter } from '@waybill/contracts';
import { EVENT_LOG } from '@waybill/jetstream';
import { completed, endWithoutAnswer, outcomeOf, systemClock, type EventLog, type Outcome } from '@waybill/jobs';

/** A job whose planning was given up ends as failed, so that nobody waits for it. */
@Controller()
export class PlanDeadLetterHandler {
  constructor(@Inject(EVENT_LOG) private readonly events: EventLog) {}

  @EventPattern<string>(consumers.intakeDeadLetters.name)
  async handle(@Payload() letter: DeadLetter): Promise<Outcome> {
    const { tenant, jobId, failure } = letter;
    if (jobId === undefined) return completed();
    return await outcomeOf(async () => {
      await this.events.append(endWithoutAnswer({ tenant, jobId }, 'failed', [failure], systemClock.now()));
      return completed();
    });
  }
}
