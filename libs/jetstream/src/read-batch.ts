import { JetStreamError, type JetStreamManager, type StoredMsg } from '@nats-io/jetstream';
import { errors, type QueuedIterator } from '@nats-io/transport-node';
import { readTimeoutMs } from './reading.js';

export interface BatchAsk {
  /** The sequence to begin at. */
  readonly seq: number;
  readonly next_by_subj: string;
  /** How many messages at most. */
  readonly batch: number;
}

/**
 * One direct get of many messages. By the callback, because only so the client lets go of its subscription at the end; with a
 * limit of silence of its own, because the client waits without end when the server goes amid the batch.
 * @throws TimeoutError when nothing comes for `readTimeoutMs`
 */
export async function readBatch(manager: JetStreamManager, stream: string, ask: BatchAsk): Promise<StoredMsg[]> {
  const batch: StoredMsg[] = [];
  let silence: NodeJS.Timeout | undefined;
  let reader: QueuedIterator<StoredMsg> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new errors.TimeoutError()), readTimeoutMs);
      silence = timer;
      const callback = (done: { err?: Error } | null, message: StoredMsg): void => {
        if (!done) {
          batch.push(message);
          timer.refresh();
        } else if (done.err) reject(done.err);
        else resolve();
      };
      manager.direct.getBatch(stream, { ...ask, callback }).then((begun) => (reader = begun), reject);
    });
  } catch (error) {
    // The server's way to say that nothing is left.
    if (!(error instanceof JetStreamError && 'code' in error && error.code === 404)) throw error;
  } finally {
    clearTimeout(silence);
    reader?.stop();
  }
  return batch;
}
