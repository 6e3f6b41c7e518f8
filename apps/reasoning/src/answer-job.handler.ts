import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { laneConsumer, type AnswerJobWork } from '@waybill/contracts';
import { JetstreamContext } from '@waybill/jetstream';
import type { Outcome } from '@waybill/jobs';
import { AnswerJob } from './answer-job.js';

/** The same work in every lane; a lane says which models may be asked in it. */
@Controller()
export class AnswerJobHandler {
  constructor(private readonly answerJob: AnswerJob) {}

  @EventPattern<string>(laneConsumer('free'))
  handleFree(@Payload() work: AnswerJobWork, @Ctx() context: JetstreamContext): Promise<Outcome> {
    return this.answerJob.run(work, 'free', context);
  }

  @EventPattern<string>(laneConsumer('fast'))
  handleFast(@Payload() work: AnswerJobWork, @Ctx() context: JetstreamContext): Promise<Outcome> {
    return this.answerJob.run(work, 'fast', context);
  }

  @EventPattern<string>(laneConsumer('standard'))
  handleStandard(@Payload() work: AnswerJobWork, @Ctx() context: JetstreamContext): Promise<Outcome> {
    return this.answerJob.run(work, 'standard', context);
  }

  @EventPattern<string>(laneConsumer('frontier'))
  handleFrontier(@Payload() work: AnswerJobWork, @Ctx() context: JetstreamContext): Promise<Outcome> {
    return this.answerJob.run(work, 'frontier', context);
  }

  @EventPattern<string>(laneConsumer('batch'))
  handleBatch(@Payload() work: AnswerJobWork, @Ctx() context: JetstreamContext): Promise<Outcome> {
    return this.answerJob.run(work, 'batch', context);
  }
}
