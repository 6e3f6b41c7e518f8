import { BaseRpcContext } from '@nestjs/microservices';
import type { MessageContext } from '@waybill/jobs';
import type { Logger } from 'pino';
import type { Delivery } from './delivery.js';
import type { Run } from './run.js';

/** What `@Ctx()` gives a handler. For a batch it speaks of the batch's first message. */
export class JetstreamContext extends BaseRpcContext<[Run]> implements MessageContext {
  private readonly first: Delivery;

  constructor(private readonly run: Run) {
    super([run]);
    this.first = run.first;
  }

  get stream(): string {
    return this.first.stream;
  }

  get sequence(): number {
    return this.first.sequence;
  }

  get subject(): string {
    return this.first.subject;
  }

  get publishedAt(): Date {
    return this.first.publishedAt;
  }

  get attempt(): number {
    return this.first.attempt;
  }

  get maxAttempts(): number {
    return this.first.contract.maxAttempts;
  }

  get redelivered(): boolean {
    return this.first.deliveryCount > 1;
  }

  get signal(): AbortSignal {
    return this.run.signal;
  }

  get log(): Logger {
    return this.run.log;
  }
}
