import {
  jobIdSchema,
  submissionSchema,
  type BlobReference,
  type JobAccepted,
  type JobEvent,
  type JobFinished,
  type RetentionWish,
  type Tenant,
} from '@waybill/contracts';
import {
  refuseHopsOutside,
  refuseLongRetention,
  StageError,
  type Clock,
  type DocumentStore,
  type EventLog,
} from '@waybill/jobs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { AcceptSubmission, CallbackRefusal } from './accept-submission.js';
import { StoreDocuments } from './store-documents.js';
import { submissionFingerprint } from './submission-fingerprint.js';

const now = new Date('2030-01-01T00:00:00.000Z');
const clock: Clock = { now: () => now };
const jobId = jobIdSchema.parse('job-1');
const submission = submissionSchema.parse({ id: 'job-1', documents: [{ inline: 'AAAA' }], task: { kind: 'read' } });
const environment = {
  WAYBILL_JOB_DEADLINE_MS: 60_000,
  WAYBILL_WEBHOOK_SECRET: undefined,
  WAYBILL_MAX_DOCUMENT_BYTES: 1_000,
  WAYBILL_URL_FETCH: 'off' as const,
};
const settings = {
  ...environment,
  refuseLanguages: (languages: readonly string[]): void => {
    if (languages.includes('tlh')) throw new StageError('missing-language', 'Install the package.');
  },
  refuseRegions: (regions: readonly string[]): void =>
    refuseHopsOutside([{ kind: 'services', name: 'Waybill', regions: ['eu-central-1'] }], regions),
  refuseRetention: (tenant: Tenant, wish: RetentionWish): void =>
    refuseLongRetention({ version: 1, default: { results: '10d' }, tenants: {} }, tenant, wish),
};

let stored: Map<string, BlobReference>;
let log: JobEvent[];
let append: (event: JobEvent) => Promise<'appended' | 'exists'>;

const documents = {
  put: (_tenant: unknown, key: string, bytes: Uint8Array) => {
    const reference = {
      bucket: 'b',
      key,
      sizeBytes: bytes.length,
      sha256: Buffer.from(bytes).toString('hex').padEnd(64, '0'),
    };
    stored.set(key, reference);
    return Promise.resolve(reference);
  },
  remove: ({ key }: BlobReference) => {
    stored.delete(key);
    return Promise.resolve();
  },
} as unknown as DocumentStore;

const events = {
  append: (event: JobEvent) => append(event),
  find: (_job: unknown, type: string) => Promise.resolve(log.find((event) => event.type === type)),
} as unknown as EventLog;

const appendFirst = (event: JobEvent): Promise<'appended' | 'exists'> => {
  if (log.some(({ type }) => type === event.type)) return Promise.resolve('exists');
  log.push(event);
  return Promise.resolve('appended');
};

const accept = (other = submission) =>
  new AcceptSubmission(events, new StoreDocuments(documents, environment), clock, settings).accept({
    door: 'nats',
    jobId,
    submission: other,
  });

const keysOf = (event: JobEvent | undefined): string[] =>
  ((event as JobAccepted).submission.documents as { blob: BlobReference }[]).map(({ blob }) => blob.key);

beforeEach(() => {
  stored = new Map();
  log = [];
  append = appendFirst;
});

describe('AcceptSubmission', () => {
  it('stores the documents and appends one acceptance with id and deadline settled', async () => {
    expect(await accept()).toEqual({ jobId, outcome: 'accepted' });
    expect(log).toMatchObject([
      { at: now.toISOString(), submission: { id: 'job-1', routing: { deadline: '2030-01-01T00:01:00.000Z' } } },
    ]);
    expect([...stored.keys()]).toEqual(keysOf(log[0]));
  });

  it('takes a repeat as the same job, with how it ended, and keeps only the first copy of its bytes', async () => {
    await accept();
    log.push({ type: 'job-finished', status: 'partial' } as JobFinished);
    expect(await accept()).toEqual({ jobId, outcome: 'repeated', finished: 'partial' });
    expect([...stored.keys()]).toEqual(keysOf(log[0]));
  });

  it('refuses other content under the same id, and keeps none of it', async () => {
    await accept();
    await expect(accept({ ...submission, documents: [{ inline: 'BBBB' }] })).rejects.toMatchObject({
      failure: { code: 'id-conflict' },
    });
    expect([...stored.keys()]).toEqual(keysOf(log[0]));
  });

  it('keeps the bytes when the answer to its own append was lost', async () => {
    append = async (event) => {
      await appendFirst(event);
      return appendFirst(event);
    };
    expect((await accept()).outcome).toBe('repeated');
    expect([...stored.keys()]).toEqual(keysOf(log[0]));
  });

  it('keeps the bytes while it is open whether the job was accepted', async () => {
    append = () => Promise.reject(new StageError('unavailable', 'No answer.', { retryable: true }));
    await expect(accept()).rejects.toMatchObject({ retryable: true });
    expect(stored.size).toBe(1);
  });

  it('keeps nothing of a submission of which one document is refused', async () => {
    const twoDocuments = { ...submission, documents: [{ inline: 'AAAA' }, { url: 'http://x.test' }] };
    await expect(accept(twoDocuments)).rejects.toMatchObject({ failure: { code: 'invalid-submission', document: 1 } });
    expect(stored.size).toBe(0);
    expect(log).toEqual([]);
  });

  it('refuses a callback that could not be signed, before anything is stored', async () => {
    await expect(accept({ ...submission, callback: { url: 'http://x.test' } })).rejects.toBeInstanceOf(CallbackRefusal);
    expect(stored.size).toBe(0);
  });

  it('refuses a language that cannot be read here, before anything is stored', async () => {
    const inKlingon = { ...submission, reading: { languages: ['eng', 'tlh'] } };
    await expect(accept(inKlingon)).rejects.toMatchObject({ failure: { code: 'missing-language' } });
    expect(stored.size).toBe(0);
    expect((await accept({ ...submission, reading: { languages: ['eng'] } })).outcome).toBe('accepted');
  });

  it('refuses regions in which the installation is not, before anything is stored', async () => {
    const elsewhere = accept({ ...submission, routing: { regions: ['us'] } });
    await expect(elsewhere).rejects.toThrow(/allows us, and its content would be with Waybill .* in eu-central-1/);
    expect([stored.size, log]).toEqual([0, []]);
    expect(await accept({ ...submission, routing: { regions: ['eu'] } })).toMatchObject({ outcome: 'accepted' });
  });

  it('refuses to keep longer than the tenant may, before anything is stored', async () => {
    await expect(accept({ ...submission, retention: { results: '11d' } })).rejects.toThrow(/kept for 10d at most/);
    expect(stored.size).toBe(0);
    expect((await accept({ ...submission, retention: { results: '9d' } })).outcome).toBe('accepted');
  });

  it('refuses the id of a refused submission', async () => {
    log.push({ type: 'job-finished', status: 'failed' } as JobFinished);
    await expect(accept()).rejects.toMatchObject({ failure: { code: 'id-conflict' } });
    expect(log).toHaveLength(1);
  });

  it('writes the fingerprint of what was stored', async () => {
    await accept();
    const [accepted] = log as [JobAccepted];
    expect(accepted.fingerprint).toBe(submissionFingerprint(submission, accepted.submission.documents));
  });
});
