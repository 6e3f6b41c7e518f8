import type { RecordedEvent } from '@waybill/jobs';
import type { Sealer } from '@waybill/sealing';
import { Database } from './database.js';
import { PostgresJobProjection } from './postgres-job-projection.js';

export interface RebuildOptions {
  readonly databaseUrl: string;
  /** Encrypts the content of rows; it is stored as it is when absent. */
  readonly sealer?: Sealer;
  /**
   * Every event that the stream holds, oldest first. It ends only when it has caught up with the stream, so that an
   * event recorded by a running service while the rebuild was under way is in it too.
   */
  readonly events: AsyncIterable<RecordedEvent>;
  /** Called after each batch with the events recorded so far. */
  readonly onProgress?: (recorded: number) => void;
}

const batchSize = 256;

/**
 * Tells the projection anew from the stream: what is known of a job whose acceptance the stream still holds is
 * forgotten and folded again from its events. Older jobs, the ledger and the webhook log stay as they are. Services may
 * run meanwhile: folding does not mind order or repetition. No webhook is sent.
 * @returns how many events were recorded, and the reasons of those that were refused.
 */
export async function rebuildProjection(options: RebuildOptions): Promise<{ recorded: number; refused: string[] }> {
  const database = new Database(options.databaseUrl, { poolSize: 2, connectTimeoutMs: 5_000 });
  const projection = new PostgresJobProjection(database, options.sealer);
  const refused: string[] = [];
  let recorded = 0;
  try {
    for await (const batch of inBatches(options.events)) {
      const report = await projection.record(batch, 'rebuild');
      refused.push(...report.refused.map(({ recorded: { sequence }, reason }) => `Event ${sequence}: ${reason}`));
      recorded += batch.length - report.refused.length;
      options.onProgress?.(recorded);
    }
    return { recorded, refused };
  } finally {
    await database.close();
  }
}

async function* inBatches(events: AsyncIterable<RecordedEvent>): AsyncGenerator<RecordedEvent[]> {
  let batch: RecordedEvent[] = [];
  for await (const event of events) {
    batch.push(event);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
