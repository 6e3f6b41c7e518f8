import {
  jobEventSchema,
  type BlobReference,
  type JobEvent,
  type JobId,
  type JobKey,
  type Tenant,
} from '@waybill/contracts';
import type { RecordedEvent } from '@waybill/jobs';

const tenant = 'acme' as Tenant;
const start = Date.parse('2026-03-01T10:00:00.000Z');

export interface StoryOptions {
  readonly tenant?: string;
  readonly pages?: number;
  readonly failedPages?: readonly number[];
  readonly tags?: readonly string[];
  readonly callbackUrl?: string;
  readonly deadline?: string;
  readonly startMs?: number;
  /** Where each page's layout and image lie; made up where absent. */
  readonly layouts?: readonly BlobReference[];
  readonly images?: readonly BlobReference[];
  /** What reading each page cost, in USD. */
  readonly pageCostUsd?: number;
  /** What may be shown of the key that submitted it. */
  readonly credential?: string;
  /** How the story ends; `open` has no end. */
  readonly end?: 'completed' | 'partial' | 'failed' | 'open';
}

export const keyOf = (jobId: string, of: string = tenant): JobKey => ({ tenant: of as Tenant, jobId: jobId as JobId });

const reference = (key: string) => ({ bucket: 'layouts', key, sizeBytes: 1, sha256: 'a'.repeat(64) });

/** The events of one job in the order in which the services append them. */
export function storyOf(jobId: string, options: StoryOptions = {}): JobEvent[] {
  const { pages = 1, failedPages = [], end = 'completed' } = options;
  const startMs = options.startMs ?? start;
  let step = 0;
  const event = (fields: Record<string, unknown>): JobEvent =>
    jobEventSchema.parse({
      version: 1,
      tenant: options.tenant ?? tenant,
      jobId,
      at: new Date(startMs + 10 * step++).toISOString(),
      ...fields,
    });
  const ended = Array.from({ length: pages }, (_, index) => index + 1).map((page) =>
    failedPages.includes(page)
      ? { ...pageFailed, page }
      : { ...pageRead(jobId, page), ...stored(options, page), ...paid(options) },
  );
  const finals = end === 'open' ? [] : [{ ...finished, status: end }];
  return [accepted(jobId, options), planned(pages), ...ended, ...finals].map(event);
}

const noTokens = { least: 1, expected: 1, most: 1 };
const noCost = { leastUsd: 0, expectedUsd: 0, mostUsd: 0 };
const outcomes = { limited: 'rate-limited', answered: 'answered' } as const;

/** An attempt on a document of a job; the same one each time for the same name and document. */
export const attemptTold = (jobId: string, name: keyof typeof outcomes, document: number): JobEvent =>
  jobEventSchema.parse({
    ...{ version: 1, type: 'attempt-made', tenant, jobId, at: new Date(start).toISOString(), document },
    attemptId: Buffer.from(`${name} ${document}`).toString('hex'),
    attempt: {
      ...{
        at: new Date(start).toISOString(),
        model: 'x/small',
        provider: 'x',
        tier: 1,
        form: 'layout',
        asked: ['/total'],
      },
      estimate: { inputTokens: noTokens, cost: noCost, quality: 0.9, latencyMs: 1 },
      ...{ expectedCostUsd: 0, next: [], exclusions: [], outcome: outcomes[name], doubtful: [], coercions: [] },
      ...{ costUsd: 0, durationMs: 1, catalogVersion: 'catalog-test' },
    },
  });

/** A wait that is not over while the test runs. */
export const waitTold = (jobId: string): JobEvent =>
  jobEventSchema.parse({
    ...{ version: 1, type: 'job-waiting', tenant, jobId, at: new Date(start).toISOString() },
    ...{ stage: 'reasoning-fast', reason: 'The model rests.', until: '2999-01-01T00:00:00.000Z' },
  });

/** Stories mixed into one stream, event by event, numbered from `firstSequence`. */
export function interleaved(stories: readonly JobEvent[][], firstSequence = 1): RecordedEvent[] {
  const longest = Math.max(...stories.map((story) => story.length));
  const events = Array.from({ length: longest }, (_, index) => stories.flatMap((story) => story[index] ?? [])).flat();
  return events.map((event, index) => ({ sequence: firstSequence + index, event }));
}

const stored = ({ layouts, images }: StoryOptions, page: number) => ({
  ...(layouts?.[page - 1] ? { layout: layouts[page - 1] } : {}),
  ...(images?.[page - 1] ? { image: images[page - 1] } : {}),
});

const paid = ({ pageCostUsd: costUsd }: StoryOptions) =>
  costUsd === undefined
    ? {}
    : { use: { model: 'reader/fast', tier: 1, costUsd, durationMs: 5, catalogVersion: 'ocr-test' } };

const accepted = (jobId: string, { tags, callbackUrl, deadline, credential, tenant: of = tenant }: StoryOptions) => ({
  type: 'job-accepted',
  door: 'rest',
  fingerprint: 'f',
  ...(credential ? { credential } : {}),
  submission: {
    id: jobId,
    tenant: of,
    task: { kind: 'extract', schema: 'receipt' },
    routing: { deadline: deadline ?? '2027-01-01T00:00:00.000Z' },
    documents: [{ blob: { ...reference('document'), mediaType: 'image/png' }, name: 'receipt.png' }],
    metadata: { shop: '7' },
    ...(tags ? { tags } : {}),
    ...(callbackUrl ? { callback: { url: callbackUrl } } : {}),
  },
});

const planned = (pages: number) => ({
  type: 'job-planned',
  documents: [{ document: 0, name: 'receipt.png', mediaType: 'image/png', sizeBytes: 1, pages }],
});

const pageRead = (jobId: string, page: number) => ({
  type: 'page-read',
  document: 0,
  page,
  layout: reference(`${jobId}-${page}`),
  summary: {
    width: 100,
    height: 100,
    unit: 'px',
    dpi: null,
    rotation: 0,
    source: 'ocr',
    engine: 'none',
    words: 3,
    confidence: 0.9,
  },
  attempts: 1,
  times: { read: 12 },
});

const pageFailed = {
  type: 'page-failed',
  document: 0,
  failure: { code: 'unreadable-page', message: 'The page is torn.' },
  attempts: 3,
};

const model = { model: 'rules', tier: 0, costUsd: 0.0000000012, durationMs: 2 };
const finished = {
  type: 'job-finished',
  problems: [],
  costUsd: 0.0000000012,
  times: { answer: 2 },
  result: {
    version: 1,
    task: 'extract',
    documents: [
      {
        document: 0,
        mediaType: 'image/png',
        kind: 'receipt',
        pages: 1,
        pagesRead: 1,
        readingConfidence: 0.9,
        values: { total: 12.5 },
        fields: [],
        models: [model, model],
        problems: [],
      },
    ],
  },
};
