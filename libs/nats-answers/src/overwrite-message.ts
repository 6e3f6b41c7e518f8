import { JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream';

/** Codes of nats-server's errors: no message found, sequence not found. */
const goneCodes: readonly number[] = [10_037, 10_043];
/** Message delete failed: its text tells why. */
const deleteFailed = 10_057;

/**
 * Deletes a message so that the server overwrites it where it lies; a plain delete or purge leaves the bytes in its files
 * until the block is written anew. One that is gone already is as good as overwritten.
 */
export async function overwriteMessage(manager: JetStreamManager, stream: string, sequence: number): Promise<void> {
  try {
    await manager.streams.deleteMessage(stream, sequence, true);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof JetStreamApiError &&
  (goneCodes.includes(error.code) || (error.code === deleteFailed && /not found|deleted/.test(error.message)));
