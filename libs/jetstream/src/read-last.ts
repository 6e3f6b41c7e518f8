import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream';

/**
 * The last message of a subject, or null. Any replica may answer, which is fast; one that has not heard of the message yet is
 * not believed, the leader is.
 */
export async function readLast(manager: JetStreamManager, stream: string, subject: string): Promise<StoredMsg | null> {
  const ask = { last_by_subj: subject };
  return (await manager.direct.getMessage(stream, ask)) ?? (await manager.streams.getMessage(stream, ask));
}
