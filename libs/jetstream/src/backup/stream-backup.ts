import type { JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { ConfigurationError } from '@waybill/platform';
import { managerOf } from '../provision.js';
import { backupOrder } from './backup-order.js';
import { durablesOf, HeldConsumers } from './held-consumers.js';
import { restoreSnapshot, takeSnapshot, type StreamSnapshot } from './take-snapshot.js';

/** Keeps the bytes of a snapshot; the snapshot is over when it resolves. */
export type KeepSnapshot = (name: string, snapshot: StreamSnapshot) => Promise<void>;

/** The streams, buckets and object stores of Waybill in one account, to be saved and made again. */
export class StreamBackup {
  private constructor(
    private readonly connection: NatsConnection,
    private readonly manager: JetStreamManager,
  ) {}

  static async open(connection: NatsConnection): Promise<StreamBackup> {
    return new StreamBackup(connection, await managerOf(connection));
  }

  /**
   * Saves everything. `whileHeld` runs when queues and events are saved and no consumer delivers yet: what it begins
   * there sees no work that the saved streams do not know of.
   */
  async save(keep: KeepSnapshot, whileHeld: () => Promise<void>): Promise<void> {
    const { held, stores } = backupOrder(await this.names());
    if (held.length === 0) throw new ConfigurationError('There are no streams of Waybill here; check NATS_URL.');
    const consumers = await HeldConsumers.hold(this.manager, held);
    try {
      for (const name of held) {
        await consumers.holdOn();
        await keep(name, await takeSnapshot(this.connection, name));
      }
      await whileHeld();
    } finally {
      await consumers.letGo();
    }
    for (const name of stores) await keep(name, await takeSnapshot(this.connection, name));
  }

  /** @throws ConfigurationError unless the server holds no message of Waybill and none of its services listens. */
  async refuseUnlessFresh(): Promise<void> {
    const names = await this.names();
    for (const name of names) {
      const { state } = await this.manager.streams.info(name);
      if (state.messages === 0) continue;
      throw new ConfigurationError(
        `${name} holds ${state.messages} messages already; restore into empty servers, or remove what is there.`,
      );
    }
    const busy = (await durablesOf(this.manager, names)).find((info) => info.num_waiting > 0);
    if (busy) {
      throw new ConfigurationError(`A service listens to ${busy.name}; stop all services, restore, then start them.`);
    }
  }

  /** Makes a saved stream again, on as many servers as are wished; an empty one of its name gives way. */
  async restore(snapshot: StreamSnapshot, replicas: number): Promise<void> {
    const name = String(snapshot.config['name']);
    if ((await this.names()).includes(name)) await this.manager.streams.delete(name);
    const config = { ...snapshot.config, num_replicas: replicas };
    await restoreSnapshot(this.connection, { ...snapshot, config });
    // They were held when they were saved, and would be for the rest of that time.
    for (const info of await durablesOf(this.manager, [name])) await this.manager.consumers.resume(name, info.name);
  }

  /** Removes streams that a restore which failed has made. */
  async discard(names: readonly string[]): Promise<void> {
    for (const name of names) await this.manager.streams.delete(name).catch(() => false);
  }

  private async names(): Promise<string[]> {
    const names: string[] = [];
    for await (const name of this.manager.streams.names()) names.push(name);
    const { held, stores } = backupOrder(names);
    return [...held, ...stores];
  }
}
