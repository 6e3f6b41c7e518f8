import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { consumers, type ReadPageWork } from '@waybill/contracts';
import { JetstreamContext } from '@waybill/jetstream';
import type { Outcome } from '@waybill/jobs';
import { ReadPage } from './read-page.js';

@Controller()
export class ReadPageHandler {
  constructor(private readonly readPage: ReadPage) {}

  @EventPattern<string>(consumers.readPage.name)
  handle(@Payload() work: ReadPageWork, @Ctx() context: JetstreamContext): Promise<Outcome> {
    return this.readPage.run(work, context);
  }
}
