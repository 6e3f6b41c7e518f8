import { readFile } from 'node:fs/promises';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import {
  documentsBucket,
  jobEventsSubject,
  jobIdSchema,
  submitSubject,
  type JobEvent,
  type JobFinished,
  type SubmittedDocument,
  type Tenant,
} from '@waybill/contracts';
import { newJobId } from '@waybill/jobs';
import { hearJob } from './hear-job.js';
import { nameOf } from './multipart-body.js';
import type { DocumentWish, SubmissionWish } from './submission-wish.js';
import type { WaitOptions } from './waybill-client.js';
import { WaybillError } from './waybill-error.js';

/** What `waybill nats-auth` calls the JetStream of the house, as tenants reach it. */
const houseDomain = 'waybill';

/**
 * Waybill over NATS: submissions are messages whose acknowledgement by JetStream is the acceptance, and events are heard
 * as they happen. What happened before, results of older jobs and cancelling are REST's (`WaybillClient`): a tenant's
 * account has no consumers.
 */
export class WaybillNatsClient {
  /** Of those who hear events now: told when the connection was lost and is back. */
  readonly #reconnected = new Set<() => void>();

  constructor(
    private readonly connection: NatsConnection,
    private readonly tenant: Tenant,
    private readonly server: 'open' | 'accounts',
  ) {
    void this.#watchConnection();
  }

  /**
   * Publishes a submission. Documents go inline while they fit into half a message, else into the tenant's bucket. What is
   * not valid becomes a failed job. To miss no event, call `events` or `wait` with an id of your own before.
   */
  async submit(wish: SubmissionWish): Promise<{ id: string }> {
    const id = wish.id ?? newJobId();
    const documents = await this.#carry(id, wish.documents);
    const message = JSON.stringify({ ...wish, id, tenant: this.tenant, documents });
    await jetstream(this.connection)
      .publish(submitSubject(this.tenant), message, { retries: 5 })
      .catch((cause: unknown) => {
        const sentence = `The submission was not acknowledged (${(cause as Error).message}); send it again with the same id.`;
        throw new WaybillError('unavailable', sentence, { cause });
      });
    return { id };
  }

  /**
   * Events of a job from this call on, to its end. Hearing begins at the call, not at the first `next`.
   * @throws WaybillError `unreachable` when the connection was lost and is back: what happened meanwhile was not heard
   */
  events(id: string, { signal }: WaitOptions = {}): AsyncGenerator<JobEvent> {
    const subject = jobEventsSubject({ tenant: this.tenant, jobId: jobIdSchema.parse(id) });
    const ears = this.connection.subscribe(subject);
    const gap = new AbortController();
    const reconnected = (): void => gap.abort(missedSomething());
    this.#reconnected.add(reconnected);
    void ears.closed.then(() => this.#reconnected.delete(reconnected));
    return hearJob(ears, signal ? AbortSignal.any([signal, gap.signal]) : gap.signal);
  }

  /** The final event of a job that has not ended when this is called, with the result in it. */
  async wait(id: string, options: WaitOptions = {}): Promise<JobFinished> {
    for await (const event of this.events(id, options)) if (event.type === 'job-finished') return event;
    throw new WaybillError('unreachable', 'The connection ended before the job did; ask over REST how it went.');
  }

  /** Sends what is under way and disconnects. May be called twice. */
  async close(): Promise<void> {
    if (!this.connection.isClosed()) await this.connection.drain();
  }

  async #watchConnection(): Promise<void> {
    for await (const { type } of this.connection.status()) {
      if (type === 'reconnect') for (const tell of [...this.#reconnected]) tell();
    }
  }

  async #carry(id: string, wishes: readonly DocumentWish[]): Promise<SubmittedDocument[]> {
    let room = (this.connection.info?.max_payload ?? 1_048_576) / 2;
    const documents: SubmittedDocument[] = [];
    for (const [index, wish] of wishes.entries()) {
      const bytes = await bytesOf(wish);
      if (bytes === undefined) {
        documents.push(wish as SubmittedDocument);
        continue;
      }
      const [name, { password }] = [nameOf(wish), wish];
      const extras = { ...(name === undefined ? {} : { name }), ...(password === undefined ? {} : { password }) };
      const size = Math.ceil(bytes.length / 3) * 4;
      if (size <= room) documents.push({ inline: Buffer.from(bytes).toString('base64'), ...extras });
      else documents.push({ object: await this.#put(`${id}/${index}`, bytes), ...extras });
      if (size <= room) room -= size;
    }
    return documents;
  }

  async #put(name: string, bytes: Uint8Array): Promise<string> {
    const [house, bucketName] = [new Objm(this.#house()), documentsBucket(this.tenant)];
    try {
      const bucket = this.server === 'open' ? await house.create(bucketName) : await house.open(bucketName);
      await bucket.putBlob({ name }, bytes);
    } catch (cause) {
      const sentence = `A document could not be put into the bucket ${bucketName} (${(cause as Error).message}); it is made at the tenant's first submission, or by the operator.`;
      throw new WaybillError('unavailable', sentence, { cause });
    }
    return name;
  }

  #house(): JetStreamClient {
    return this.server === 'open'
      ? jetstream(this.connection)
      : jetstream(this.connection, { domain: houseDomain, checkAPI: false });
  }
}

async function bytesOf(wish: DocumentWish): Promise<Uint8Array | undefined> {
  if ('file' in wish) return readFile(wish.file);
  return 'bytes' in wish ? wish.bytes : undefined;
}

const missedSomething = (): WaybillError =>
  new WaybillError(
    'unreachable',
    'The connection was lost for a moment, and what happened to the job meanwhile was not heard; ask over REST how it stands.',
  );
