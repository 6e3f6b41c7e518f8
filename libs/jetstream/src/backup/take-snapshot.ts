import { createInbox, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { StageError } from '@waybill/jobs';

/** What the server needs to know, besides the bytes, to make a stream again. */
export interface StreamDescription {
  readonly config: Readonly<Record<string, unknown>>;
  readonly state: { readonly messages: number; readonly bytes: number } & Readonly<Record<string, unknown>>;
}

export interface StreamSnapshot extends StreamDescription {
  /** The server's own archive of messages and consumers with their acknowledgements; to be read once, to its end. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

const chunkBytes = 128 * 1024;
const requestPatienceMs = 30_000;

/**
 * Takes a stream at one moment by the server's snapshot API (`$JS.API.STREAM.SNAPSHOT`, ADR-8 of NATS and jsm.go).
 * Each chunk is asked for by the acknowledgement of the last one.
 * @throws StageError `unavailable` when the server refuses or breaks off.
 */
export async function takeSnapshot(connection: NatsConnection, stream: string): Promise<StreamSnapshot> {
  const inbox = createInbox();
  const subscription = connection.subscribe(inbox);
  const wish = { deliver_subject: inbox, no_consumers: false, jsck: true, chunk_size: chunkBytes };
  try {
    const answer = await ask<StreamDescription>(connection, `$JS.API.STREAM.SNAPSHOT.${stream}`, wish);
    return { config: answer.config, state: answer.state, chunks: chunksOf(subscription, stream) };
  } catch (error) {
    subscription.unsubscribe();
    throw error;
  }
}

async function* chunksOf(
  messages: AsyncIterable<Msg> & { unsubscribe(): void },
  stream: string,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const message of messages) {
      const code = message.headers?.code ?? 0;
      if (code >= 400) throw brokenOff(stream, message.headers?.description ?? `${code}`);
      if (message.data.length === 0) return;
      yield message.data;
      message.respond();
    }
    throw brokenOff(stream, 'the connection was closed');
  } finally {
    messages.unsubscribe();
  }
}

/**
 * Makes a stream again from its snapshot, with its consumers and the sequences of its messages.
 * @throws StageError `unavailable` when the server refuses, for example because the stream exists.
 */
export async function restoreSnapshot(
  connection: NatsConnection,
  { config, state, chunks }: StreamSnapshot,
): Promise<void> {
  const name = String(config['name']);
  const wish = { config, state };
  const { deliver_subject } = await ask<{ deliver_subject: string }>(
    connection,
    `$JS.API.STREAM.RESTORE.${name}`,
    wish,
  );
  for await (const chunk of chunks) refuseError(await connection.request(deliver_subject, chunk, patience));
  refuseError(await connection.request(deliver_subject, undefined, patience));
}

const patience = { timeout: requestPatienceMs };

async function ask<Answer>(connection: NatsConnection, subject: string, wish: unknown): Promise<Answer> {
  const answer = await connection.request(subject, JSON.stringify(wish), patience).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StageError(
      'unavailable',
      `NATS does not answer ${subject} (${reason}); use credentials that may do everything in the account.`,
      { retryable: true, cause: error },
    );
  });
  refuseError(answer);
  return answer.json<Answer>();
}

function refuseError(answer: Msg): void {
  if (answer.data.length === 0) return;
  const { error } = answer.json<{ error?: { description?: string } }>();
  if (error) throw new StageError('unavailable', `NATS refuses: ${error.description ?? 'no reason given'}.`);
}

const brokenOff = (stream: string, reason: string): StageError =>
  new StageError('unavailable', `NATS broke off the copy of ${stream} (${reason}); back up again.`, {
    retryable: true,
  });
