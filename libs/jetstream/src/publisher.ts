import { setTimeout as delay } from 'node:timers/promises';
import { jetstream, JetStreamApiError, type JetStreamClient } from '@nats-io/jetstream';
import { errors, headers, nuid, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { StageError } from '@waybill/jobs';
import { isLeaderless, isWrongLastSequence } from '@waybill/nats-answers';
import { plainSealer, sealMessage, type Sealer } from '@waybill/sealing';
import { currentTraceparent, traceHeader } from './trace.js';

/** A request that was on its way when a connection broke is lost; sent again with the same id, it is harmless. */
const ackTimeoutMs = 2_000;
const tries = 6;

/** The server's code for a message whose id another message on its way into the same stream has, as happens among replicas. */
const sameIdUnderWay = 10158;
const againAfterMs = 100;

/** The server's code for a stream that is full, by messages or by bytes. */
const storeFailed = 10077;
/** When a full stream may have room again. */
const fullRetryMs = 5_000;

export interface PublishOptions {
  /** Nats-Msg-Id: the stream drops a second message with it. A fresh one by default, which makes retries harmless. */
  readonly messageId?: string;
  readonly headers?: Readonly<Record<string, readonly string[]>>;
}

/** Publishes into streams: durable when the promise resolves, and with the trace of the message being handled. */
export class Publisher {
  private readonly client: JetStreamClient;

  /** @param sealer encrypts the content of messages; without one they go out as they are */
  constructor(
    connection: NatsConnection,
    readonly sealer: Sealer = plainSealer,
  ) {
    this.client = jetstream(connection);
  }

  /** @throws StageError `unavailable` (retryable) when no PubAck comes, `too-large` when the server takes no such size. */
  async publish(subject: string, payload: string | Uint8Array, options: PublishOptions = {}): Promise<void> {
    await this.send(subject, payload, options, {});
  }

  /** Publishes only if its subject holds no message yet. */
  async publishFirst(subject: string, payload: string): Promise<'appended' | 'exists'> {
    try {
      await this.send(subject, payload, {}, { expect: { lastSubjectSequence: 0 } });
      return 'appended';
    } catch (error) {
      if (error instanceof StageError && isWrongLastSequence(error.cause)) return 'exists';
      throw error;
    }
  }

  private async send(
    subject: string,
    payload: string | Uint8Array,
    options: PublishOptions,
    conditions: { readonly expect?: { readonly lastSubjectSequence: number } },
  ): Promise<void> {
    const request = {
      ...conditions,
      msgID: options.messageId ?? nuid.next(),
      headers: headersOf(options.headers),
      timeout: ackTimeoutMs,
      retries: tries,
    };
    const message = this.sealer.isOn ? await sealMessage(this.sealer, payload) : payload;
    const patientUntilMs = performance.now() + tries * ackTimeoutMs;
    for (;;) {
      try {
        await this.client.publish(subject, message, request);
        return;
      } catch (error) {
        // A message with the same id may still be dropped; only a PubAck, of a duplicate if need be, says that it is durable.
        if (!isPassing(error) || performance.now() > patientUntilMs) throw translated(subject, error);
        await delay(againAfterMs);
      }
    }
  }
}

function headersOf(given: PublishOptions['headers']): MsgHdrs {
  const result = headers();
  for (const [name, values] of Object.entries(given ?? {})) {
    for (const value of values) result.append(name, value);
  }
  if (!result.has(traceHeader)) result.set(traceHeader, currentTraceparent());
  return result;
}

const isPassing = (error: unknown): boolean =>
  isLeaderless(error) || (error instanceof JetStreamApiError && error.code === sameIdUnderWay);

function translated(subject: string, error: unknown): StageError {
  if (error instanceof StageError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof errors.InvalidArgumentError && reason.includes('max_payload')) {
    return new StageError('too-large', `The message for ${subject} is larger than the NATS server takes.`, {
      cause: error,
    });
  }
  return new StageError('unavailable', `The stream of ${subject} did not take the message (${reason}).`, {
    retryable: true,
    ...(error instanceof JetStreamApiError && error.code === storeFailed ? { retryAfterMs: fullRetryMs } : {}),
    cause: error,
  });
}
