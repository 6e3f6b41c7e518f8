import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { buckets } from '@waybill/contracts';
import type { Delivery } from './delivery.js';

/**
 * How many attempts a message has used up. The server counts deliveries only, and a delivery is no attempt when it ended
 * in a deferral or a drain, or when its worker died before the handler began. Nothing is kept for a first delivery that
 * goes well: no record means that the first delivery was an attempt.
 */
export class AttemptCounts {
  private constructor(private readonly bucket: KV) {}

  static async open(connection: NatsConnection): Promise<AttemptCounts> {
    // The leader is asked, and only about redeliveries: a replica may not have heard of the last attempt.
    return new AttemptCounts(await new Kvm(connection).open(buckets.attempts.name, { allow_direct: false }));
  }

  /** Which attempt this delivery is, from 1; asks the bucket for redeliveries only. */
  async current(delivery: Delivery): Promise<number> {
    if (delivery.deliveryCount === 1) return 1;
    const entry = await this.bucket.get(keyOf(delivery));
    const used = entry && entry.operation === 'PUT' ? Number(entry.string()) : 1;
    return used + 1;
  }

  /** To be called before the handler of a redelivery begins: from here on, a death of the worker counts. */
  async begin(delivery: Delivery): Promise<void> {
    if (delivery.deliveryCount > 1) await this.put(delivery, delivery.attempt);
  }

  /** The delivery was no attempt. Nobody else holds the message meanwhile, so its count is simply put. */
  async forgive(delivery: Delivery): Promise<void> {
    await this.put(delivery, delivery.attempt - 1);
  }

  private async put(delivery: Delivery, used: number): Promise<void> {
    await this.bucket.put(keyOf(delivery), String(used));
  }
}

const keyOf = (delivery: Delivery): string => `${delivery.contract.name}.${delivery.sequence}`;
