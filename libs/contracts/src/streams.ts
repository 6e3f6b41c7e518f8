import { z, type ZodType } from 'zod';
import { answerLineWorkSchema, tendBatchWorkSchema } from './batch.js';
import { deadLetterSchema } from './dead-letter.js';
import { jobAcceptedSchema, jobEventSchema } from './job-event.js';
import {
  answerJobSubject,
  answerLineSubject,
  auditSubject,
  dataKeysSubject,
  deadLetterSubject,
  deliverWebhookSubject,
  everyJobSubject,
  pageLanes,
  readPageSubject,
  reasoningLanes,
  submitSubject,
  type PageLane,
  tendBatchSubject,
  type ReasoningLane,
} from './subjects.js';
import {
  answerJobWorkSchema,
  deliverWebhookWorkSchema,
  readPageWorkSchema,
  type AnswerJobWork,
  type ReadPageWork,
} from './work.js';

const seconds = (count: number): number => count * 1_000;
const days = (count: number): number => count * 24 * 3_600_000;

/** A JetStream stream as data. Replica count and storage size limits are the operator's, not the contract's. */
export interface StreamContract {
  readonly name: string;
  readonly subjects: readonly string[];
  /** `workqueue`: a message is gone when it is settled. `limits`: it stays for `maxAgeMs`. */
  readonly retention: 'workqueue' | 'limits';
  /** 0 for good. */
  readonly maxAgeMs: number;
  /** For how long the stream drops a second message with the same Nats-Msg-Id. */
  readonly duplicateWindowMs: number;
  /** True for a log that nobody, not even an operator, can delete from or purge; it only ages. */
  readonly isAppendOnly?: boolean;
  /** True where a message replaces the one before it on its subject. */
  readonly keepsLastOnly?: boolean;
  readonly description: string;
}

export const streams = {
  submissions: {
    name: 'WAYBILL_SUBMISSIONS',
    subjects: [submitSubject('*')],
    retention: 'workqueue',
    maxAgeMs: days(7),
    duplicateWindowMs: seconds(120),
    description: 'Submissions published by NATS clients, until intake has accepted or refused them.',
  },
  events: {
    name: 'WAYBILL_EVENTS',
    subjects: ['waybill.*.events.>'],
    retention: 'limits',
    maxAgeMs: days(7),
    duplicateWindowMs: seconds(120),
    description: 'The life of every job. Acceptance, page endings and the final state are unique by subject.',
  },
  pages: {
    name: 'WAYBILL_PAGES',
    subjects: [readPageSubject('*', '*')],
    retention: 'workqueue',
    maxAgeMs: days(7),
    duplicateWindowMs: seconds(600),
    description: 'Pages to read.',
  },
  reasoning: {
    name: 'WAYBILL_REASONING',
    subjects: [answerJobSubject('*', '*')],
    retention: 'workqueue',
    maxAgeMs: days(7),
    duplicateWindowMs: seconds(600),
    description: 'Jobs whose pages have all ended, to be answered.',
  },
  batches: {
    name: 'WAYBILL_BATCHES',
    subjects: ['waybill.*.gateway.*'],
    retention: 'workqueue',
    maxAgeMs: days(7),
    duplicateWindowMs: seconds(600),
    description: 'Batches of chats to be taken a step further, and their lines to be answered.',
  },
  webhooks: {
    name: 'WAYBILL_WEBHOOKS',
    subjects: [deliverWebhookSubject('*')],
    retention: 'workqueue',
    maxAgeMs: days(7),
    duplicateWindowMs: seconds(600),
    description: 'Final states to be posted to clients.',
  },
  deadLetters: {
    name: 'WAYBILL_DEAD_LETTERS',
    subjects: [deadLetterSubject('*', '*')],
    retention: 'limits',
    maxAgeMs: days(30),
    duplicateWindowMs: seconds(600),
    description: 'Messages given up, each with its reason, until replayed or aged out.',
  },
  audit: {
    name: 'WAYBILL_AUDIT',
    subjects: [auditSubject('*')],
    retention: 'limits',
    maxAgeMs: days(400),
    duplicateWindowMs: seconds(120),
    isAppendOnly: true,
    description: 'Who asked for which content, and what was purged. Entries cannot be deleted; they age out.',
  },
  dataKeys: {
    name: 'WAYBILL_DATA_KEYS',
    subjects: [dataKeysSubject('*')],
    retention: 'limits',
    maxAgeMs: 0,
    duplicateWindowMs: seconds(120),
    keepsLastOnly: true,
    description: 'The keys that encrypt the content of tenants, each wrapped by a master key that is kept elsewhere.',
  },
  advisories: {
    name: 'WAYBILL_ADVISORIES',
    subjects: ['$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.*.*'],
    retention: 'workqueue',
    maxAgeMs: days(7),
    duplicateWindowMs: seconds(120),
    description: 'The server reports messages whose worker died at every delivery.',
  },
} as const satisfies Record<string, StreamContract>;
export type StreamName = keyof typeof streams;

/** The services that jobs go through. */
export const jobServiceNames = ['intake', 'ocr', 'reasoning', 'results'] as const;
export type JobServiceName = (typeof jobServiceNames)[number];

/** All services: those of the jobs, and the OpenAI-compatible door with its batches. */
export const serviceNames = [...jobServiceNames, 'gateway'] as const;
export type ServiceName = (typeof serviceNames)[number];

/**
 * A durable pull consumer as data, and the one handler it feeds: its name is the pattern of the `@EventPattern`.
 * The service named here refuses to start without that handler, or with two of them.
 */
export interface ConsumerContract<Payload = unknown> {
  readonly name: string;
  readonly service: ServiceName;
  readonly stream: StreamName;
  /** One subject, or several. */
  readonly filterSubject: string | readonly string[];
  readonly schema: ZodType<Payload>;
  /** The worker heartbeats at half of this; a silent worker's message is delivered again after it. */
  readonly ackWaitMs: number;
  /** Runs that may fail before the message is a dead letter. Deferrals do not count. */
  readonly maxAttempts: number;
  /** Deliveries that may end in a deferral; the server's own limit is `maxAttempts + maxDeferrals`. */
  readonly maxDeferrals: number;
  /**
   * With a size, the handler takes a whole batch at once and its outcome settles every message of it. Subjects are
   * `waybill.TENANT.KIND.JOB.…`; no two batches under way hold messages about one job.
   */
  readonly batchSize?: number;
  /** True for work that is still wanted when its job has been cancelled. */
  readonly outlivesJob?: boolean;
  readonly description: string;
}

const contract = <Payload>(value: ConsumerContract<Payload>): ConsumerContract<Payload> => Object.freeze(value);

/** The name of the consumer of a lane of pages. */
export const pageLaneConsumer = (lane: PageLane): string =>
  lane === 'front' ? 'ocr-read-page' : `ocr-read-page-${lane}`;

const reading = (lane: PageLane, description: string): ConsumerContract<ReadPageWork> =>
  contract({
    ...{ name: pageLaneConsumer(lane), service: 'ocr', stream: 'pages', description },
    filterSubject: readPageSubject('*', lane),
    schema: readPageWorkSchema,
    ...{ ackWaitMs: seconds(30), maxAttempts: 3, maxDeferrals: 1_000 },
  });

/** The name of a lane's consumer. */
export const laneConsumer = (lane: ReasoningLane): string => `reasoning-${lane}`;

const answering = (lane: ReasoningLane, description: string): ConsumerContract<AnswerJobWork> =>
  contract({
    ...{ name: laneConsumer(lane), service: 'reasoning', stream: 'reasoning', description },
    filterSubject: answerJobSubject('*', lane),
    schema: answerJobWorkSchema,
    ...{ ackWaitMs: seconds(30), maxAttempts: 5, maxDeferrals: 10_000 },
  });

/** The subjects that a consumer hears, as a list. */
export const filterSubjectsOf = ({ filterSubject }: Pick<ConsumerContract, 'filterSubject'>): readonly string[] =>
  typeof filterSubject === 'string' ? [filterSubject] : filterSubject;

export const consumers = {
  submit: contract({
    name: 'intake-submit',
    service: 'intake',
    stream: 'submissions',
    filterSubject: submitSubject('*'),
    // Intake validates: a refused submission becomes a visible failed job, for which its handler needs the message.
    schema: z.unknown(),
    ackWaitMs: seconds(30),
    maxAttempts: 5,
    maxDeferrals: 1_000,
    description: 'Validates a published submission, stores its documents and accepts the job.',
  }),
  plan: contract({
    name: 'intake-plan',
    service: 'intake',
    stream: 'events',
    filterSubject: everyJobSubject('job-accepted'),
    schema: jobAcceptedSchema,
    ackWaitMs: seconds(30),
    maxAttempts: 5,
    maxDeferrals: 1_000,
    description: 'Looks at an accepted job’s bytes and sends each page to be read.',
  }),
  intakeDeadLetters: contract({
    name: 'intake-dead-letters',
    service: 'intake',
    stream: 'deadLetters',
    filterSubject: deadLetterSubject('*', 'intake-plan'),
    schema: deadLetterSchema,
    ackWaitMs: seconds(30),
    maxAttempts: 20,
    maxDeferrals: 0,
    description: 'Ends a job that could not be planned.',
  }),
  readPage: reading('front', 'Reads one page into a layout, of tenants of whom little is waiting.'),
  readPageMiddle: reading('middle', 'Reads pages of tenants of whom some is waiting.'),
  readPageBack: reading('back', 'Reads pages of tenants of whom much is waiting, and those of low priority.'),
  ocrDeadLetters: contract({
    name: 'ocr-dead-letters',
    service: 'ocr',
    stream: 'deadLetters',
    filterSubject: pageLanes.map((lane) => deadLetterSubject('*', pageLaneConsumer(lane))),
    schema: deadLetterSchema,
    ackWaitMs: seconds(30),
    maxAttempts: 20,
    maxDeferrals: 0,
    description: 'Ends a page that could not be read, so that its job goes on without it.',
  }),
  answerJob: answering('free', 'Answers a job’s task by rules and ends it, or passes it on to the lane of a model.'),
  answerFast: answering('fast', 'Answers jobs with models of the cheap tier.'),
  answerStandard: answering('standard', 'Answers jobs with models of the standard tier.'),
  answerFrontier: answering('frontier', 'Answers jobs with models of the frontier tier, and with slow ones.'),
  answerBatch: answering('batch', 'Answers patient jobs by the batches of providers, at half the price.'),
  reasoningDeadLetters: contract({
    name: 'reasoning-dead-letters',
    service: 'reasoning',
    stream: 'deadLetters',
    filterSubject: reasoningLanes.map((lane) => deadLetterSubject('*', laneConsumer(lane))),
    schema: deadLetterSchema,
    ackWaitMs: seconds(30),
    maxAttempts: 20,
    maxDeferrals: 0,
    description: 'Ends a job that could not be answered.',
  }),
  recordEvents: contract({
    name: 'results-record',
    service: 'results',
    stream: 'events',
    filterSubject: 'waybill.*.events.>',
    schema: jobEventSchema,
    ackWaitMs: seconds(30),
    maxAttempts: 20,
    maxDeferrals: 100_000,
    batchSize: 256,
    description: 'Projects the events into Postgres, many in one transaction.',
  }),
  tendBatch: contract({
    name: 'gateway-tend-batch',
    service: 'gateway',
    stream: 'batches',
    filterSubject: tendBatchSubject('*'),
    schema: tendBatchWorkSchema,
    ackWaitMs: seconds(30),
    maxAttempts: 20,
    maxDeferrals: 1_000,
    description: 'Takes a batch a step further: reads its file into lines, ends it, writes its answers down.',
  }),
  answerLine: contract({
    name: 'gateway-answer-line',
    service: 'gateway',
    stream: 'batches',
    filterSubject: answerLineSubject('*'),
    schema: answerLineWorkSchema,
    ackWaitMs: seconds(30),
    maxAttempts: 5,
    maxDeferrals: 10_000,
    outlivesJob: true,
    description: 'Answers one line of a batch.',
  }),
  gatewayDeadLetters: contract({
    name: 'gateway-dead-letters',
    service: 'gateway',
    stream: 'deadLetters',
    filterSubject: [deadLetterSubject('*', 'gateway-tend-batch'), deadLetterSubject('*', 'gateway-answer-line')],
    schema: deadLetterSchema,
    ackWaitMs: seconds(30),
    maxAttempts: 20,
    maxDeferrals: 0,
    description: 'Ends a line that could not be answered, or a batch that could not be read.',
  }),
  deliverWebhook: contract({
    name: 'results-deliver-webhook',
    service: 'results',
    stream: 'webhooks',
    filterSubject: deliverWebhookSubject('*'),
    schema: deliverWebhookWorkSchema,
    ackWaitMs: seconds(30),
    maxAttempts: 8,
    maxDeferrals: 1_000,
    outlivesJob: true,
    description: 'Posts a final state to its callback.',
  }),
} as const;
