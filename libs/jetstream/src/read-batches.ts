import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import { readBatch } from './read-batch.js';

export interface BatchQuery {
  readonly stream: string;
  /** A subject; wildcards are allowed. */
  readonly filter: string;
  readonly batchSize: number;
  /** The first sequence to read; 1 by default. */
  readonly from?: number;
  /** The last sequence to read; by default all there are. */
  readonly to?: number;
}

/**
 * Stored messages of a subject in stream order, by direct gets of `batchSize` messages each: no consumer is made. Any replica
 * may answer, which is fast; one that says that there are no more is not believed, the leader is.
 */
export async function* readBatches(manager: JetStreamManager, query: BatchQuery): AsyncIterable<readonly StoredMsg[]> {
  const { stream, filter, batchSize, to = Number.MAX_SAFE_INTEGER } = query;
  for (let from = query.from ?? 1; from <= to;) {
    const batch = await readBatch(manager, stream, { seq: from, next_by_subj: filter, batch: batchSize });
    const place = (batch.at(-1)?.seq ?? from - 1) + 1;
    const isShort = batch.length < batchSize && place <= to;
    const after = { seq: place, next_by_subj: filter };
    const next = isShort ? await manager.streams.getMessage(stream, after) : null;
    const wanted = (next ? [...batch, next] : batch).filter((message) => message.seq <= to);
    if (wanted.length > 0) yield wanted;
    if (isShort && !next) return;
    from = (next?.seq ?? place - 1) + 1;
  }
}
