import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Delivery } from './delivery.js';
import { deferralsBucket } from './topology.js';

/**
 * How many deliveries of a message were no attempts, because they ended in a deferral or a drain. The server counts
 * deliveries only. Written at each such end, read only for messages that were delivered before.
 */
export class DeferralCounts {
  private constructor(private readonly bucket: KV) {}

  static async open(connection: NatsConnection): Promise<DeferralCounts> {
    return new DeferralCounts(await new Kvm(connection).open(deferralsBucket.name));
  }

  async read(delivery: Delivery): Promise<number> {
    const entry = await this.bucket.get(keyOf(delivery));
    return entry && entry.operation === 'PUT' ? Number(entry.string()) : 0;
  }

  /** Nobody else holds the message meanwhile, so its count is simply put. */
  async addOne(delivery: Delivery): Promise<void> {
    await this.bucket.put(keyOf(delivery), String(delivery.deferrals + 1));
  }
}

const keyOf = (delivery: Delivery): string => `${delivery.contract.name}.${delivery.sequence}`;
