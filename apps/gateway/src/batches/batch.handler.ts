import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { consumers, type AnswerLineWork, type DeadLetter, type TendBatchWork } from '@waybill/contracts';
import { JetstreamContext } from '@waybill/jetstream';
import type { Outcome } from '@waybill/jobs';
import { AnswerLine } from './answer-line.js';
import { EndGivenUp } from './end-given-up.js';
import { TendBatch } from './tend-batch.js';

/** The work of batches. */
@Controller()
export class BatchHandler {
  constructor(
    private readonly tendBatch: TendBatch,
    private readonly answerLine: AnswerLine,
    private readonly endGivenUp: EndGivenUp,
  ) {}

  @EventPattern<string>(consumers.tendBatch.name)
  handleBatch(@Payload() { tenant, batchId }: TendBatchWork): Promise<Outcome> {
    return this.tendBatch.run({ tenant, batchId });
  }

  @EventPattern<string>(consumers.answerLine.name)
  handleLine(@Payload() work: AnswerLineWork, @Ctx() context: JetstreamContext): Promise<Outcome> {
    return this.answerLine.run(work, context);
  }

  @EventPattern<string>(consumers.gatewayDeadLetters.name)
  handleDeadLetter(@Payload() letter: DeadLetter): Promise<Outcome> {
    return this.endGivenUp.run(letter);
  }
}
