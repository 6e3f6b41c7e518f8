import { JetStreamApiError, type JetStreamManager, type StoredMsg } from '@nats-io/jetstream';
import { isMissing } from './translated.js';

/**
 * Deletes every message of a subject so that the server overwrites it where it lies; a plain delete or purge leaves the
 * bytes in its files until the block is written anew. @returns how many there were
 */
export async function eraseSubject(manager: JetStreamManager, stream: string, subject: string): Promise<number> {
  let erased = 0;
  for (let after = 0; ;) {
    const message = await nextOf(manager, stream, { seq: after + 1, next_by_subj: subject });
    if (!message) return erased;
    after = message.seq;
    await manager.streams.deleteMessage(stream, after, true).catch(goneMeanwhile);
    erased += 1;
  }
}

/** Subjects with messages below a filter; none where there is no such stream. */
export async function subjectsBelow(manager: JetStreamManager, stream: string, filter: string): Promise<string[]> {
  try {
    const { state } = await manager.streams.info(stream, { subjects_filter: filter });
    return Object.keys(state.subjects ?? {});
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** The leader is asked: a replica may not have heard of the newest message yet. */
async function nextOf(
  manager: JetStreamManager,
  stream: string,
  query: { seq: number; next_by_subj: string },
): Promise<StoredMsg | null> {
  try {
    return await manager.streams.getMessage(stream, query);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Codes of nats-server's errors: no message found, sequence not found, message delete failed. */
function goneMeanwhile(error: unknown): boolean {
  if (error instanceof JetStreamApiError && [10037, 10043].includes(error.code)) return false;
  if (error instanceof JetStreamApiError && error.code === 10057 && /not found|deleted/.test(error.message))
    return false;
  throw error;
}
