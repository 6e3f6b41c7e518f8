import type { JetStreamManager } from '@nats-io/jetstream';
import { pageLaneConsumer, pageLanes, streams } from '@waybill/contracts';
import type { QueueGauge } from '@waybill/jobs';
import { reading } from './reading.js';

/** Many clients ask at once where they stand; the server is asked at most so often. */
const freshForMs = 250;

/** Reads the queue of pages off the consumers of its lanes. */
export class JetstreamQueueGauge implements QueueGauge {
  private asked: { readonly atMs: number; readonly pages: Promise<number> } | undefined;

  constructor(private readonly manager: JetStreamManager) {}

  pagesAhead(): Promise<number> {
    const nowMs = performance.now();
    if (!this.asked || nowMs - this.asked.atMs > freshForMs) this.asked = { atMs: nowMs, pages: this.ask() };
    return this.asked.pages;
  }

  private async ask(): Promise<number> {
    const ask = (name: string) => () => this.manager.consumers.info(streams.pages.name, name);
    const lanes = await Promise.all(
      pageLanes.map((lane) => reading('the length of the queue', ask(pageLaneConsumer(lane)))),
    );
    return lanes.reduce((sum, { num_pending: waiting, num_ack_pending: held }) => sum + waiting + held, 0);
  }
}
