import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { consumers, type DeadLetter } from '@waybill/contracts';
import type { Outcome } from '@waybill/jobs';
import { EndUnreadPage } from './end-unread-page.js';

@Controller()
export class DeadLetterHandler {
  constructor(private readonly endUnreadPage: EndUnreadPage) {}

  @EventPattern<string>(consumers.ocrDeadLetters.name)
  handle(@Payload() letter: DeadLetter): Promise<Outcome> {
    return this.endUnreadPage.run(letter);
  }
}
