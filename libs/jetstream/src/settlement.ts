import type { Failure } from '@waybill/contracts';
import { defaultRetryPolicy, retryDelayMs, type Outcome } from '@waybill/jobs';
import type { AttemptCounts } from './attempt-counts.js';
import type { DeadLetterDesk } from './dead-letter-desk.js';
import type { Delivery } from './delivery.js';
import { maxDeliverOf } from './topology.js';

/** The one home of what an outcome does to its message. */
export class Settlement {
  constructor(
    private readonly deadLetters: DeadLetterDesk,
    private readonly attempts: AttemptCounts,
    private readonly confirmedConsumers: readonly string[],
  ) {}

  /** @throws when the server could not be told; the message then comes back after its ack wait. */
  async settle(delivery: Delivery, outcome: Outcome): Promise<void> {
    if (!delivery.isOurs) return;
    switch (outcome.kind) {
      case 'completed':
        return this.confirms(delivery) ? delivery.ackAck() : delivery.ack();
      case 'deferred':
        return mayBeDeferred(delivery)
          ? this.postpone(delivery, outcome.until)
          : this.giveUp(delivery, neverReady(outcome.reason));
      case 'failed-retryable':
        return mayBeRetried(delivery)
          ? delivery.nak(outcome.delayMs ?? delayMsOf(delivery))
          : this.giveUp(delivery, outcome.failure);
      case 'failed-terminal':
        return this.giveUp(delivery, outcome.failure);
    }
  }

  /** Gives a message back at once, without an attempt being counted. */
  async release(delivery: Delivery): Promise<void> {
    if (delivery.isOurs) await this.postpone(delivery, new Date());
  }

  private confirms(delivery: Delivery): boolean {
    return this.confirmedConsumers.includes(delivery.contract.name);
  }

  private async postpone(delivery: Delivery, until: Date): Promise<void> {
    await this.attempts.forgive(delivery);
    delivery.nak(Math.max(0, until.getTime() - Date.now()));
  }

  /** The letter is durable before the message is terminated: a crash between the two repeats the letter, which is dropped. */
  private async giveUp(delivery: Delivery, failure: Failure): Promise<void> {
    await this.deadLetters.write(
      {
        stage: delivery.contract.name,
        stream: delivery.stream,
        sequence: delivery.sequence,
        subject: delivery.subject,
        publishedAt: delivery.publishedAt,
        headers: delivery.message.headers,
        data: delivery.message.data,
        attempts: delivery.attempt,
        payload: delivery.payload,
      },
      failure,
    );
    delivery.term(failure.code);
  }
}

const isLastDelivery = (delivery: Delivery): boolean => delivery.deliveryCount >= maxDeliverOf(delivery.contract);

const mayBeRetried = (delivery: Delivery): boolean =>
  delivery.attempt < delivery.contract.maxAttempts && !isLastDelivery(delivery);

const mayBeDeferred = (delivery: Delivery): boolean =>
  delivery.deferrals < delivery.contract.maxDeferrals && !isLastDelivery(delivery);

const delayMsOf = (delivery: Delivery): number => retryDelayMs(delivery.attempt, defaultRetryPolicy, Math.random());

const neverReady = (reason: string): Failure => ({
  code: 'unavailable',
  message: `It was put off as often as it may be, the last time because: ${reason}`,
});
