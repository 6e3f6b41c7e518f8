import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { pageLaneConsumer, type PageLane, type ReadPageWork } from '@waybill/contracts';
import { JetstreamContext } from '@waybill/jetstream';
import { deferred, failedRetryable, type Outcome } from '@waybill/jobs';
import { PageTurns } from './page-turns.js';
import { ReadPage } from './read-page.js';

/** The same work in every lane; a lane says how soon it has its turn. */
@Controller()
export class ReadPageHandler {
  constructor(
    private readonly readPage: ReadPage,
    private readonly turns: PageTurns,
  ) {}

  @EventPattern<string>(pageLaneConsumer('front'))
  handleFront(@Payload() work: ReadPageWork, @Ctx() context: JetstreamContext): Promise<Outcome> {
    return this.handle('front', work, context);
  }

  @EventPattern<string>(pageLaneConsumer('middle'))
  handleMiddle(@Payload() work: ReadPageWork, @Ctx() context: JetstreamContext): Promise<Outcome> {
    return this.handle('middle', work, context);
  }

  @EventPattern<string>(pageLaneConsumer('back'))
  handleBack(@Payload() work: ReadPageWork, @Ctx() context: JetstreamContext): Promise<Outcome> {
    return this.handle('back', work, context);
  }

  private async handle(lane: PageLane, work: ReadPageWork, context: JetstreamContext): Promise<Outcome> {
    if (work.notBefore !== undefined && Date.parse(work.notBefore) > Date.now()) {
      return deferred(new Date(work.notBefore), 'The pages count for a later day of the limit.');
    }
    const endTurn = await this.turns.take(lane, context.signal);
    // The transport knows why it told the page to stop, and settles it by that.
    if (!endTurn) return failedRetryable({ code: 'internal', message: 'The page was stopped before its turn.' });
    try {
      return await this.readPage.run(work, context);
    } finally {
      endTurn();
    }
  }
}
