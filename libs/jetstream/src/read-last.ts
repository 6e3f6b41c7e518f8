import { JetStreamApiError, type JetStreamManager, type StoredMsg } from '@nats-io/jetstream';

/** The server's code for a message that is not there. */
const noMessageFound = 10037;

/**
 * The last message of a subject, or null. Any replica may answer, which is fast; one that has not heard of the message yet is
 * not believed, the leader is.
 */
export async function readLast(manager: JetStreamManager, stream: string, subject: string): Promise<StoredMsg | null> {
  const ask = { last_by_subj: subject };
  return (
    (await noneIfMissing(manager.direct.getMessage(stream, ask))) ??
    (await noneIfMissing(manager.streams.getMessage(stream, ask)))
  );
}

const noneIfMissing = (answer: Promise<StoredMsg | null>): Promise<StoredMsg | null> =>
  answer.catch((error: unknown) => {
    if (error instanceof JetStreamApiError && error.code === noMessageFound) return null;
    throw error;
  });
