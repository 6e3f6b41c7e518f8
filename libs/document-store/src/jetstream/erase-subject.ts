import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import { isMissing, overwriteMessage } from '@waybill/nats-answers';

/** Overwrites every message of a subject. @returns how many there were */
export async function eraseSubject(manager: JetStreamManager, stream: string, subject: string): Promise<number> {
  let erased = 0;
  for (let after = 0; ;) {
    const message = await nextOf(manager, stream, { seq: after + 1, next_by_subj: subject });
    if (!message) return erased;
    after = message.seq;
    await overwriteMessage(manager, stream, after);
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
