import { jetstream, DeliverPolicy, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import {
  jobEventsSubject,
  jobEventSubject,
  pageEndingsSubject,
  pageEndingSubject,
  streams,
  subjectOfEvent,
  type JobEvent,
  type JobEventType,
  type JobKey,
  type PageEnded,
} from '@waybill/contracts';
import type { EventLog, RecordedEvent } from '@waybill/jobs';
import type { Publisher } from './publisher.js';
import { deliveredEvent } from './delivered-event.js';
import { readBatches } from './read-batches.js';

const stream = streams.events.name;
const batchSize = 512;

/** The life of every job, in the EVENTS stream. Stored messages that are no events are passed over when reading. */
export class JetstreamEventLog implements EventLog {
  constructor(
    private readonly connection: NatsConnection,
    private readonly manager: JetStreamManager,
    private readonly publisher: Publisher,
  ) {}

  async append(event: JobEvent): Promise<'appended' | 'exists'> {
    const subject = subjectOfEvent(event);
    const payload = JSON.stringify(event);
    // A job may wait many times; everything else happens once.
    if (event.type !== 'job-waiting') return this.publisher.publishFirst(subject, payload);
    await this.publisher.publish(subject, payload);
    return 'appended';
  }

  async find<Type extends Exclude<JobEventType, 'page-read' | 'page-failed'>>(
    job: JobKey,
    type: Type,
  ): Promise<Extract<JobEvent, { type: Type }> | undefined> {
    const found = await this.last(jobEventSubject(job, type));
    return found?.type === type ? (found as Extract<JobEvent, { type: Type }>) : undefined;
  }

  async findPageEnding(job: JobKey, document: number, page: number): Promise<PageEnded | undefined> {
    const found = await this.last(pageEndingSubject(job, { document, page }));
    return found && isPageEnding(found) ? found : undefined;
  }

  async countPageEndings(job: JobKey): Promise<number> {
    const info = await this.manager.streams.info(stream, { subjects_filter: pageEndingsSubject(job) });
    return Object.keys(info.state.subjects ?? {}).length;
  }

  async pageEndings(job: JobKey): Promise<PageEnded[]> {
    const events = await this.read(pageEndingsSubject(job));
    return events
      .map(({ event }) => event)
      .filter(isPageEnding)
      .sort((one, other) => one.document - other.document || one.page - other.page);
  }

  async history(job: JobKey): Promise<RecordedEvent[]> {
    return this.read(jobEventsSubject(job));
  }

  async *follow(job: JobKey, afterSequence: number, signal: AbortSignal): AsyncIterable<RecordedEvent> {
    if (signal.aborted) return;
    const consumer = await jetstream(this.connection).consumers.get(stream, {
      filter_subjects: jobEventsSubject(job),
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: afterSequence + 1,
      inactive_threshold: 30_000,
    });
    const messages = await consumer.consume({ max_messages: 64 });
    const stop = (): void => messages.stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      if (signal.aborted) return;
      for await (const message of messages) {
        const delivered = deliveredEvent(message);
        if (delivered) yield { sequence: delivered.sequence, event: delivered.payload };
      }
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
      await consumer.delete().catch(() => false);
    }
  }

  private async last(subject: string): Promise<JobEvent | undefined> {
    const stored = await this.manager.direct.getMessage(stream, { last_by_subj: subject });
    return stored ? deliveredEvent(stored)?.payload : undefined;
  }

  private async read(filter: string): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const batch of readBatches(this.manager, { stream, filter, batchSize })) {
      for (const stored of batch) {
        const delivered = deliveredEvent(stored);
        if (delivered) events.push({ sequence: delivered.sequence, event: delivered.payload });
      }
    }
    return events;
  }
}

const isPageEnding = (event: JobEvent): event is PageEnded =>
  event.type === 'page-read' || event.type === 'page-failed';
