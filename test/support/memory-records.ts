import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  readPageWorkSchema,
  type AnswerJobWork,
  type AttemptMade,
  type BlobReference,
  type JobEvent,
  type PageEnded,
  type ReadPageWork,
  type ReasoningLane,
} from '@waybill/contracts';
import {
  StageError,
  systemClock,
  type DocumentStore,
  type EventLog,
  type MessageContext,
  type WorkQueue,
} from '@waybill/jobs';
import { pino } from 'pino';

/** The ports of a stage, kept in memory, for use cases under test: events unique as the stream keeps them. */
export class MemoryRecords {
  readonly clock = systemClock;
  readonly events = new MemoryEvents();
  readonly store = new MemoryStore();
  /** Jobs sent on to be answered. */
  readonly sent: AnswerJobWork[] = [];
  /** The lanes that they were sent to. */
  readonly moves: ReasoningLane[] = [];
  readonly queue: WorkQueue = {
    readPage: async () => undefined,
    answerJob: async (lane, work) => {
      this.moves.push(lane);
      this.sent.push(work);
    },
    deliverWebhook: async () => undefined,
  };
}

class MemoryEvents implements EventLog {
  readonly all: JobEvent[] = [];

  async append(event: JobEvent): Promise<'appended' | 'exists'> {
    if (event.type !== 'job-waiting' && this.all.some((other) => keyOf(other) === keyOf(event))) return 'exists';
    this.all.push(event);
    return 'appended';
  }

  async find<Type extends JobEvent['type']>(_job: unknown, type: Type) {
    return this.all.find((event): event is Extract<JobEvent, { type: Type }> => event.type === type);
  }

  async findPageEnding(_job: unknown, document: number, page: number): Promise<PageEnded | undefined> {
    return (await this.pageEndings()).find((ending) => ending.document === document && ending.page === page);
  }

  async countPageEndings(): Promise<number> {
    return (await this.pageEndings()).length;
  }

  async pageEndings(_job?: unknown): Promise<PageEnded[]> {
    const endings = this.all.filter((event) => event.type === 'page-read' || event.type === 'page-failed');
    return endings.toSorted((one, other) => one.document - other.document || one.page - other.page);
  }

  async attempts(): Promise<AttemptMade[]> {
    return this.all.filter((event) => event.type === 'attempt-made');
  }

  async history() {
    return this.all.map((event, index) => ({ sequence: index + 1, event }));
  }

  follow(): never {
    throw new Error('Nothing follows events kept in memory.');
  }
}

const keyOf = (event: JobEvent): string => {
  if (event.type === 'attempt-made') return `attempt ${event.attemptId}`;
  return event.type === 'page-read' || event.type === 'page-failed'
    ? `page ${event.document}-${event.page}`
    : event.type;
};

class MemoryStore implements DocumentStore {
  readonly #objects = new Map<string, Uint8Array>();
  /** How often bytes were fetched. */
  reads = 0;

  get keys(): string[] {
    return [...this.#objects.keys()];
  }

  async put(tenant: string, key: string, bytes: Readable | Uint8Array, description = {}): Promise<BlobReference> {
    if (!(bytes instanceof Uint8Array)) throw new TypeError('Only whole bytes are kept in memory.');
    this.#objects.set(key, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { bucket: tenant, key, sizeBytes: bytes.length, sha256, ...description };
  }

  async open(reference: BlobReference): Promise<Readable> {
    return Readable.from([await this.read(reference)]);
  }

  async read({ key }: BlobReference): Promise<Uint8Array> {
    this.reads += 1;
    const bytes = this.#objects.get(key);
    if (!bytes) throw new StageError('document-not-found', `There is no ${key}.`);
    return bytes;
  }

  locate(): never {
    throw new Error('Nobody puts objects into memory themselves.');
  }

  async remove({ key }: BlobReference): Promise<void> {
    this.#objects.delete(key);
  }
}

/** A work to read page 1 of a document with `pages` pages, of job `job_1`. */
export function workOf({ pages = 1, source }: { pages?: number; source?: BlobReference } = {}): ReadPageWork {
  return readPageWorkSchema.parse({
    version: 1,
    tenant: 'acme',
    jobId: 'job_1',
    deadline: '2999-01-01T00:00:00.000Z',
    document: 0,
    page: 1,
    source: source ?? { bucket: 'acme', key: 'documents/1', sizeBytes: 1, sha256: '0'.repeat(64) },
    mediaType: 'image/png',
    plan: {
      acceptedAt: '2026-01-01T00:00:00.000Z',
      task: { kind: 'read' },
      routing: {},
      documents: [{ document: 0, mediaType: 'image/png', sizeBytes: 1, pages }],
    },
  });
}

/** The context of a first delivery, with what differs. */
export const contextOf = (differs: Partial<MessageContext> = {}): MessageContext => ({
  stream: 'WAYBILL_PAGES',
  sequence: 1,
  subject: 'waybill.acme.ocr.front.read-page',
  publishedAt: new Date(),
  attempt: 1,
  maxAttempts: 3,
  redelivered: false,
  signal: new AbortController().signal,
  log: pino({ level: 'silent' }),
  ...differs,
});
