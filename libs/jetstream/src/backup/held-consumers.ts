import { setTimeout as pause } from 'node:timers/promises';
import type { ConsumerInfo, JetStreamManager } from '@nats-io/jetstream';
import { StageError } from '@waybill/jobs';
import { mustBeIdle } from './backup-order.js';

/** A backup that dies holds nobody for longer. */
const holdMs = 120_000;
const patienceMs = 60_000;

/** The durable consumers of some streams, held by the server: they deliver nothing until they are let go. */
export class HeldConsumers {
  private constructor(
    private readonly manager: JetStreamManager,
    private readonly durables: readonly ConsumerInfo[],
  ) {}

  /**
   * Holds them and resolves when those that must be idle are.
   * @throws StageError `unavailable` when they do not become so within a minute; nothing is held then.
   */
  static async hold(manager: JetStreamManager, streams: readonly string[]): Promise<HeldConsumers> {
    const held = new HeldConsumers(manager, await durablesOf(manager, streams));
    try {
      await held.holdOn();
      await held.idle();
      return held;
    } catch (error) {
      await held.letGo();
      throw error;
    }
  }

  /** Holds them for two minutes from now. */
  async holdOn(): Promise<void> {
    const until = new Date(Date.now() + holdMs);
    for (const { stream_name, name } of this.durables) await this.manager.consumers.pause(stream_name, name, until);
  }

  /** Lets them deliver again. May be called twice. */
  async letGo(): Promise<void> {
    for (const { stream_name, name } of this.durables) await this.manager.consumers.resume(stream_name, name);
  }

  private async idle(): Promise<void> {
    const endMs = Date.now() + patienceMs;
    for (const { stream_name, name } of this.durables.filter((info) => mustBeIdle(info.name))) {
      while ((await this.manager.consumers.info(stream_name, name)).num_ack_pending > 0) {
        if (Date.now() > endMs) {
          throw new StageError(
            'unavailable',
            `${name} is still at work after a minute, so nothing was saved; look at its service, then back up again.`,
            { retryable: true },
          );
        }
        await pause(50);
      }
    }
  }
}

/** The durable consumers of streams, with what the server knows of each. */
export async function durablesOf(manager: JetStreamManager, streams: readonly string[]): Promise<ConsumerInfo[]> {
  const all: ConsumerInfo[] = [];
  for (const stream of streams) {
    for await (const info of manager.consumers.list(stream)) if (info.config.durable_name) all.push(info);
  }
  return all;
}
