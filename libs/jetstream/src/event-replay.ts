import type { JetStreamManager } from '@nats-io/jetstream';
import { streams, type JobEvent } from '@waybill/contracts';
import type { Sealer } from '@waybill/sealing';
import type { Delivered } from './delivered.js';
import { deliveredEvents } from './delivered-event.js';
import { readBatches } from './read-batches.js';

const stream = streams.events.name;

/** Every event that the stream keeps, for rebuilding a projection. */
export class EventReplay {
  constructor(
    private readonly manager: JetStreamManager,
    private readonly sealer: Sealer,
  ) {}

  /** All events after `afterSequence` up to the last one now, oldest first, in batches of at most `batchSize`. */
  async *events(batchSize = 256, afterSequence = 0): AsyncIterable<readonly Delivered<JobEvent>[]> {
    const { state } = await this.manager.streams.info(stream);
    const range = { from: Math.max(state.first_seq, afterSequence + 1), to: state.last_seq };
    if (state.messages === 0 || range.from > range.to) return;
    for await (const batch of readBatches(this.manager, {
      stream,
      filter: 'waybill.*.events.>',
      batchSize,
      ...range,
    })) {
      yield await deliveredEvents(batch, this.sealer);
    }
  }
}
