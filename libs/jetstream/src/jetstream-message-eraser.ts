import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import {
  answerJobSubject,
  buckets,
  consumers,
  deadLetterSchema,
  deadLetterSubject,
  deliverWebhookSubject,
  jobEventsSubject,
  readPageSubject,
  streams,
  submitSubject,
  type ConsumerContract,
  type JobKey,
  type StreamName,
  type Tenant,
} from '@waybill/contracts';
import type { MessageEraser } from '@waybill/jobs';
import { orMissing, overwriteMessage } from '@waybill/nats-answers';
import { openMessage, type Sealer } from '@waybill/sealing';
import { readBatches } from './read-batches.js';
import { reading } from './reading.js';

const batchSize = 256;

/** Streams whose messages may be about a job without naming it in the subject, and where a tenant's lie in them. */
const queues: readonly { readonly stream: StreamName; readonly subject: (tenant: Tenant) => string }[] = [
  { stream: 'submissions', subject: submitSubject },
  { stream: 'pages', subject: (tenant) => readPageSubject(tenant, '*') },
  { stream: 'reasoning', subject: (tenant) => answerJobSubject(tenant, '*') },
  { stream: 'webhooks', subject: deliverWebhookSubject },
  { stream: 'deadLetters', subject: (tenant) => deadLetterSubject(tenant, '*') },
];

/** Deletes messages so that the server overwrites them: a plain delete or purge leaves their bytes in its files. */
export class JetstreamMessageEraser implements MessageEraser {
  constructor(
    private readonly connection: NatsConnection,
    private readonly manager: JetStreamManager,
    private readonly sealer: Sealer,
  ) {}

  async eraseEvents(job: JobKey): Promise<number> {
    const subject = jobEventsSubject(job);
    const erased = await reading('events to erase', () => this.erase('events', subject, async () => true));
    return erased.length;
  }

  async eraseMessages(job: JobKey): Promise<number> {
    let count = 0;
    for (const { stream, subject } of queues) {
      const wanted = (message: StoredMsg): Promise<boolean> => isAbout(message, job, this.sealer);
      const erased = await reading('messages to erase', () => this.erase(stream, subject(job.tenant), wanted));
      await reading('counts to erase', () => this.forgetAttempts(stream, erased));
      count += erased.length;
    }
    return count;
  }

  /** @returns the sequences of what was erased */
  private async erase(
    name: StreamName,
    filter: string,
    wanted: (message: StoredMsg) => Promise<boolean>,
  ): Promise<number[]> {
    const stream = streams[name].name;
    const found: number[] = [];
    for await (const batch of readBatches(this.manager, { stream, filter, batchSize })) {
      for (const message of batch) if (await wanted(message)) found.push(message.seq);
    }
    // The oldest goes last: a job is known by its first event, and so a purge that breaks off can be made again.
    for (const sequence of found.toReversed()) {
      await overwriteMessage(this.manager, stream, sequence);
    }
    return found;
  }

  private async forgetAttempts(name: StreamName, sequences: readonly number[]): Promise<void> {
    const [first] = sequences;
    if (first === undefined) return;
    const counts = await new Kvm(this.connection).open(buckets.attempts.name);
    const readers = Object.values<ConsumerContract>(consumers).filter(({ stream }) => stream === name);
    for (const reader of readers) {
      for (const sequence of sequences) await orMissing(counts.purge(`${reader.name}.${sequence}`));
    }
  }
}

/** Work names its job in `jobId`, a submission in `id`, a dead letter in `jobId` or only inside its original. */
async function isAbout(message: StoredMsg, { jobId }: JobKey, sealer: Sealer): Promise<boolean> {
  const payload = parsed(message.data) as { jobId?: unknown; id?: unknown } | undefined;
  if (payload?.jobId === jobId || payload?.id === jobId) return true;
  if (payload?.jobId !== undefined) return false;
  const letter = deadLetterSchema.safeParse(await openMessage(sealer, payload));
  if (!letter.success) return false;
  const original = parsed(Buffer.from(letter.data.original.payload, 'base64')) as typeof payload;
  return original?.jobId === jobId || original?.id === jobId;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString()) as unknown;
  } catch {
    return undefined;
  }
}
