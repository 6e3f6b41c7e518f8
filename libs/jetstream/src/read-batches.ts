import { JetStreamError, type JetStreamManager, type StoredMsg } from '@nats-io/jetstream';

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

/** Stored messages of a subject in stream order, by direct gets of `batchSize` messages each: no consumer is made. */
export async function* readBatches(manager: JetStreamManager, query: BatchQuery): AsyncIterable<readonly StoredMsg[]> {
  let from = query.from ?? 1;
  const to = query.to ?? Number.MAX_SAFE_INTEGER;
  for (;;) {
    const stored = await manager.direct.getBatch(query.stream, {
      seq: from,
      next_by_subj: query.filter,
      batch: query.batchSize,
    });
    const batch = await collected(stored);
    const wanted = batch.filter((message) => message.seq <= to);
    if (wanted.length > 0) yield wanted;
    const last = batch.at(-1);
    if (!last || last.seq >= to || batch.length < query.batchSize) return;
    from = last.seq + 1;
  }
}

/** The server answers "not found" when nothing of the subject is left. */
async function collected(stored: AsyncIterable<StoredMsg>): Promise<StoredMsg[]> {
  const batch: StoredMsg[] = [];
  try {
    for await (const message of stored) batch.push(message);
  } catch (error) {
    if (!(error instanceof JetStreamError && 'code' in error && error.code === 404)) throw error;
  }
  return batch;
}
