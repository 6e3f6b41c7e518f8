import { jetstream, DeliverPolicy, type JetStreamManager, type JsMsg, type StoredMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import {
  attemptsSubject,
  jobEventsSubject,
  jobEventSubject,
  pageEndingsSubject,
  pageEndingSubject,
  streams,
  subjectOfEvent,
  type AttemptMade,
  type JobEvent,
  type JobEventType,
  type JobKey,
  type PageEnded,
} from '@waybill/contracts';
import type { EventLog, RecordedEvent } from '@waybill/jobs';
import { whenReconnected } from '@waybill/nats-answers';
import type { Delivered } from './delivered.js';
import type { Publisher } from './publisher.js';
import { deliveredEvent, deliveredEvents } from './delivered-event.js';
import { readBySubjects } from './read-by-subjects.js';
import { readLast } from './read-last.js';
import { reading, readTimeoutMs } from './reading.js';

/** Hears of each event that was appended here, and of none that was there already. */
export type Appended = (event: JobEvent) => void;

const stream = streams.events.name;
/** A follower that has gone without a word is forgotten by the server after this. */
const inactiveAfterMs = 30_000;

/** The life of every job, in the EVENTS stream. Stored messages that are no events are passed over when reading. */
export class JetstreamEventLog implements EventLog {
  private copies: number | undefined;

  constructor(
    private readonly connection: NatsConnection,
    private readonly manager: JetStreamManager,
    private readonly publisher: Publisher,
    private readonly appended: Appended,
  ) {}

  async append(event: JobEvent): Promise<'appended' | 'exists'> {
    const subject = subjectOfEvent(event);
    const payload = JSON.stringify(event);
    // A job may wait many times; everything else happens once.
    if (event.type === 'job-waiting') await this.publisher.publish(subject, payload);
    else if ((await this.publisher.publishFirst(subject, payload)) === 'exists') return 'exists';
    this.appended(event);
    return 'appended';
  }

  async find<Type extends Exclude<JobEventType, 'page-read' | 'page-failed' | 'attempt-made'>>(
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
    const ask = { subjects_filter: pageEndingsSubject(job) };
    const { state } = await reading('page endings', () => this.manager.streams.info(stream, ask));
    return Object.keys(state.subjects ?? {}).length;
  }

  async pageEndings(job: JobKey): Promise<PageEnded[]> {
    const { events } = await this.read(pageEndingsSubject(job));
    return events
      .map(({ event }) => event)
      .filter(isPageEnding)
      .sort((one, other) => one.document - other.document || one.page - other.page);
  }

  async attempts(job: JobKey): Promise<AttemptMade[]> {
    const { events } = await this.read(attemptsSubject(job));
    return events.map(({ event }) => event).filter((event) => event.type === 'attempt-made');
  }

  async history(job: JobKey): Promise<RecordedEvent[]> {
    return (await this.read(jobEventsSubject(job))).events;
  }

  /** What has happened is read at once; the server makes a consumer only for whoever waits for more. */
  async *follow(job: JobKey, afterSequence: number, signal: AbortSignal): AsyncIterable<RecordedEvent> {
    const subject = jobEventsSubject(job);
    const { events, lastSequence } = await this.read(subject);
    for (const event of events) {
      if (signal.aborted) return;
      if (event.sequence > afterSequence) yield event;
    }
    yield* this.followLive(subject, Math.max(afterSequence, lastSequence) + 1, signal);
  }

  private async *followLive(subject: string, from: number, signal: AbortSignal): AsyncIterable<RecordedEvent> {
    for (let next = from; !signal.aborted;) {
      for await (const message of this.untilReconnected(subject, next, signal)) {
        next = message.seq + 1;
        const event = await this.recorded(message);
        if (event) yield event;
      }
    }
  }

  /** Ends when the signal aborts, and when the connection was lost and is back: what was under way then is missing. */
  private async *untilReconnected(subject: string, from: number, signal: AbortSignal): AsyncIterable<JsMsg> {
    const reconnected = new AbortController();
    const forget = whenReconnected(this.connection, () => reconnected.abort());
    try {
      yield* this.live(subject, from, AbortSignal.any([signal, reconnected.signal]));
    } finally {
      forget();
    }
  }

  private async *live(subject: string, from: number, signal: AbortSignal): AsyncIterable<JsMsg> {
    const options = {
      filter_subjects: subject,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: from,
      inactive_threshold: inactiveAfterMs,
    };
    const client = jetstream(this.connection, { timeout: readTimeoutMs });
    const consumer = await reading('live events', () => client.consumers.get(stream, options));
    const messages = await consumer.consume({ max_messages: 64 });
    const stop = (): void => messages.stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      if (signal.aborted) return;
      yield* messages;
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
      await consumer.delete().catch(() => false);
    }
  }

  private async last(subject: string): Promise<JobEvent | undefined> {
    const stored = await reading('an event', () => this.lastOf(subject));
    return stored ? (await this.recorded(stored))?.event : undefined;
  }

  /** Where a stream has one copy, whoever answers knows all of it. */
  private async lastOf(subject: string): Promise<StoredMsg | null> {
    this.copies ??= (await this.manager.streams.info(stream)).config.num_replicas;
    return this.copies > 1
      ? readLast(this.manager, stream, subject)
      : this.manager.direct.getMessage(stream, { last_by_subj: subject });
  }

  private async read(filter: string): Promise<{ events: RecordedEvent[]; lastSequence: number }> {
    const { messages, lastSequence } = await reading('events', () => readBySubjects(this.manager, stream, filter));
    const events = await deliveredEvents(messages, this.publisher.sealer);
    return { events: events.map(asRecorded), lastSequence };
  }

  private async recorded(message: StoredMsg | JsMsg): Promise<RecordedEvent | undefined> {
    const delivered = await deliveredEvent(message, this.publisher.sealer);
    return delivered && asRecorded(delivered);
  }
}

const asRecorded = ({ sequence, payload }: Delivered<JobEvent>): RecordedEvent => ({ sequence, event: payload });

const isPageEnding = (event: JobEvent): event is PageEnded =>
  event.type === 'page-read' || event.type === 'page-failed';
