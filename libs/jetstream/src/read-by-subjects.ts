import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import { readBatches } from './read-batches.js';
import { readLast } from './read-last.js';

const readsAtOnce = 256;

/**
 * The messages under a filter, oldest first, and the stream's last sequence at that moment. The server keeps an index of
 * subjects: asking it for the subjects and for each one's last message costs the same however long the stream is, while
 * scanning for a filter costs as much as the stream is long.
 */
export async function readBySubjects(
  manager: JetStreamManager,
  stream: string,
  filter: string,
): Promise<{ messages: StoredMsg[]; lastSequence: number }> {
  const { state } = await manager.streams.info(stream, { subjects_filter: filter });
  const subjects = Object.entries(state.subjects ?? {});
  const single = subjects.flatMap(([subject, count]) => (count === 1 ? [subject] : []));
  const repeated = subjects.flatMap(([subject, count]) => (count > 1 ? [subject] : []));
  const messages: StoredMsg[] = [];
  for (let start = 0; start < single.length; start += readsAtOnce) {
    const reads = single.slice(start, start + readsAtOnce).map((subject) => readLast(manager, stream, subject));
    messages.push(...(await Promise.all(reads)).filter((message) => message !== null));
  }
  for (const subject of repeated) {
    for await (const batch of readBatches(manager, { stream, filter: subject, batchSize: readsAtOnce }))
      messages.push(...batch);
  }
  const known = messages.filter((message) => message.seq <= state.last_seq);
  return { messages: known.sort((one, other) => one.seq - other.seq), lastSequence: state.last_seq };
}
