import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import {
  deadLetterSchema,
  deadLetterSubject,
  streams,
  type DeadLetter,
  type JobId,
  type Tenant,
} from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { orMissing } from '@waybill/nats-answers';
import { openMessage } from '@waybill/sealing';
import type { Publisher } from './publisher.js';
import { readBatches } from './read-batches.js';

const stream = streams.deadLetters.name;
const windowSize = 500;

export interface DeadLetterFilter {
  readonly tenant?: Tenant;
  /** The consumer that gave the message up, for example `ocr-read-page`. */
  readonly stage?: string;
  readonly jobId?: JobId;
  /** At most so many letters. */
  readonly limit: number;
}

/** `id` is the letter's sequence in its stream, in decimal digits. */
export interface StoredDeadLetter {
  readonly id: string;
  readonly letter: DeadLetter;
}

/** The messages given up: to look at, and to send on their way once more. */
export class DeadLetterBox {
  constructor(
    private readonly manager: JetStreamManager,
    private readonly publisher: Publisher,
  ) {}

  /** Newest first. */
  async list(filter: DeadLetterFilter): Promise<StoredDeadLetter[]> {
    const { state } = await this.manager.streams.info(stream);
    const subject = deadLetterSubject(filter.tenant ?? '*', filter.stage ?? '*');
    const found: StoredDeadLetter[] = [];
    for (let to = state.last_seq; to >= state.first_seq && found.length < filter.limit; to -= windowSize) {
      const from = Math.max(state.first_seq, to - windowSize + 1);
      const range = { stream, filter: subject, batchSize: windowSize, from, to };
      const inWindow: StoredDeadLetter[] = [];
      for await (const batch of readBatches(this.manager, range)) inWindow.push(...(await this.letters(batch)));
      found.push(...inWindow.reverse().filter(({ letter }) => !filter.jobId || letter.jobId === filter.jobId));
    }
    return found.slice(0, filter.limit);
  }

  /** The leader is asked: a replica may not have heard of the letter, or not that it was taken out. */
  async get(id: string): Promise<StoredDeadLetter | undefined> {
    const stored = await this.manager.streams.getMessage(stream, { seq: Number(id) });
    return stored ? (await this.letters([stored]))[0] : undefined;
  }

  /**
   * Publishes the original payload on its original subject with a fresh message id, and takes the letter out.
   * Undefined when there is no such letter. @throws StageError when the letter holds no payload.
   */
  async replay(id: string): Promise<StoredDeadLetter | undefined> {
    const stored = await this.get(id);
    if (!stored) return undefined;
    const { original } = stored.letter;
    if (original.payload === '') {
      throw new StageError('too-large', 'The payload was too large to be kept; submit the document again instead.');
    }
    await this.publisher.publish(original.subject, Buffer.from(original.payload, 'base64'), {
      headers: original.headers,
    });
    await orMissing(this.manager.streams.deleteMessage(stream, Number(id), false));
    return stored;
  }

  private async letters(stored: readonly StoredMsg[]): Promise<StoredDeadLetter[]> {
    const letters = await Promise.all(
      stored.map((message) => openMessage(this.publisher.sealer, message.json<unknown>())),
    );
    return letters.flatMap((letter, index) => {
      const parsed = deadLetterSchema.safeParse(letter);
      return parsed.success ? [{ id: String(stored[index]?.seq), letter: parsed.data }] : [];
    });
  }
}
