import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { consumers, type AnswerJobWork } from '@waybill/contracts';
import { JetstreamContext } from '@waybill/jetstream';
import type { Outcome } from '@waybill/jobs';
import { AnswerJob } from './answer-job.js';

@Controller()
export class AnswerJobHandler {
  constructor(private readonly answerJob: AnswerJob) {}

  @EventPattern<string>(consumers.answerJob.name)
  handle(@Payload() work: AnswerJobWork, @Ctx() context: JetstreamContext): Promise<Outcome> {
    return this.answerJob.run(work, context);
  }
}
