import type { JetStreamManager } from '@nats-io/jetstream';
import { consumers, streams } from '@waybill/contracts';
import type { QueueGauge } from '@waybill/jobs';
import { reading } from './reading.js';

/** Many clients ask at once where they stand; the server is asked at most so often. */
const freshForMs = 250;

/** Reads the queue of pages off its consumer. */
export class JetstreamQueueGauge implements QueueGauge {
  private asked: { readonly atMs: number; readonly pages: Promise<number> } | undefined;

  constructor(private readonly manager: JetStreamManager) {}

  pagesAhead(): Promise<number> {
    const nowMs = performance.now();
    if (!this.asked || nowMs - this.asked.atMs > freshForMs) this.asked = { atMs: nowMs, pages: this.ask() };
    return this.asked.pages;
  }

  private async ask(): Promise<number> {
    const { name, stream } = consumers.readPage;
    const ask = () => this.manager.consumers.info(streams[stream].name, name);
    const info = await reading('the length of the queue', ask);
    return info.num_pending + info.num_ack_pending;
  }
}
