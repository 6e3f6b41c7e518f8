import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { consumers, type DeadLetter } from '@waybill/contracts';
import type { Outcome } from '@waybill/jobs';
import { EndUnansweredJob } from './end-unanswered-job.js';

@Controller()
export class DeadLetterHandler {
  constructor(private readonly endUnansweredJob: EndUnansweredJob) {}

  @EventPattern<string>(consumers.reasoningDeadLetters.name)
  handle(@Payload() letter: DeadLetter): Promise<Outcome> {
    return this.endUnansweredJob.run(letter);
  }
}
