import {
  answerJobWorkSchema,
  jobFinishedSchema,
  type JobFinished,
  type JobKey,
  type ReasoningLane,
  type RouteAttempt,
} from '@waybill/contracts';
import { scalePicture } from '@waybill/documents';
import { shippedGuardrailPolicy } from '@waybill/guardrails';
import type { EventLog, Outcome } from '@waybill/jobs';
import {
  buildRouteTable,
  InProcessPurse,
  InProcessRouteState,
  keeperOf,
  MemoryAnswerJournal,
  MemoryAttemptLog,
  MemoryBatchBook,
  MemoryKeyHealth,
  shippedCatalog,
  shippedPolicy,
  type BatchBook,
  type CascadeTools,
  type RoutingPolicy,
} from '@waybill/llm-routing';
import { configuredProviders, routableCatalog } from '@waybill/model-providers';
import type { Environment } from '@waybill/platform';
import type { ModelSimulator } from '@waybill/provider-simulator';
import { AnswerDocument } from '../../../../apps/reasoning/src/answer-document.js';
import { AnswerJob } from '../../../../apps/reasoning/src/answer-job.js';
import { answerKinds } from '../../../../apps/reasoning/src/answer-kinds.js';
import { DocumentGuards } from '../../../../apps/reasoning/src/guard/document-guards.js';
import { isJobOver } from '../../../../apps/reasoning/src/is-job-over.js';
import { PagePictures } from '../../../../apps/reasoning/src/page-pictures.js';
import { contextOf, MemoryRecords } from '../../../support/memory-records.js';
import { extracting, pageRead } from './reasoning-scene.js';

const hourMs = 3_600_000;

/** Patient jobs about one page each, over hours of a clock that the test moves. */
export class BatchScene {
  readonly book = new MemoryBatchBook();
  readonly purse = new InProcessPurse();
  private readonly startedAt = Date.now();
  private nowMs = this.startedAt;
  private readonly clock = { now: () => new Date(this.nowMs) };
  private readonly journal = new MemoryAnswerJournal();
  private readonly attempts = new MemoryAttemptLog();
  private readonly state = new InProcessRouteState(this.clock);
  private readonly purged = new Set<string>();
  private readonly jobs = new Map<string, MemoryRecords>();

  constructor(
    private readonly simulator: ModelSimulator,
    private readonly model: string,
    private readonly policy: RoutingPolicy = shippedPolicy,
  ) {}

  pass(ms: number): void {
    this.nowMs += ms;
  }

  /** One delivery of a job's message, to a worker that has only what is durable. */
  async deliver(jobId: string, lane: ReasoningLane, book: BatchBook = this.book): Promise<Outcome> {
    const records = this.recordsOf(jobId);
    const page = await pageRead(
      records,
      { lines: ['Blue Kettle Cafe', `You were kindly served by Ann ${jobId}`, 'Total 3.00'] },
      1,
    );
    const work = answerJobWorkSchema.parse({
      ...{ version: 1, tenant: 'acme', jobId, pages: [{ ...page, jobId }] },
      deadline: new Date(this.startedAt + 30 * hourMs).toISOString(),
      plan: {
        acceptedAt: new Date(this.startedAt).toISOString(),
        ...{ task: extracting({ servedBy: { type: 'string' } }), routing: { tier: 'standard' } },
        documents: [{ document: 0, mediaType: 'image/png', sizeBytes: 1, pages: 1 }],
      },
    });
    const job = new AnswerJob(records.events, await this.documents(records, book), {
      queue: records.queue,
      clock: this.clock,
    });
    return await job.run(work, lane, contextOf({ redelivered: true }));
  }

  /** Delivers a job again and again, a minute apart, until it ends. */
  async finish(jobId: string, lane: ReasoningLane = 'batch'): Promise<JobFinished> {
    for (let deliveries = 0; deliveries < 20; deliveries += 1) {
      const outcome = await this.deliver(jobId, lane);
      if (outcome.kind === 'completed') return jobFinishedSchema.parse(this.recordsOf(jobId).events.all.at(-1));
      expectDeferred(outcome);
      this.pass(61_000);
    }
    throw new Error(`${jobId} did not end in twenty deliveries.`);
  }

  recordsOf(jobId: string): MemoryRecords {
    const records = this.jobs.get(jobId) ?? new MemoryRecords();
    this.jobs.set(jobId, records);
    return records;
  }

  /** What somebody does who asks to cancel, or the sweeper once the deadline has passed: the job ends, whoever works on it. */
  async end(jobId: string): Promise<void> {
    const at = this.clock.now().toISOString();
    const end = { version: 1, type: 'job-finished', tenant: 'acme', jobId, at, status: 'cancelled' };
    await this.recordsOf(jobId).events.append(jobFinishedSchema.parse({ ...end, problems: [], costUsd: 0, times: {} }));
  }

  /** Nothing is known of the job any more. */
  purge(jobId: string): void {
    this.purged.add(jobId);
  }

  /** One look of whoever keeps the batches, a minute later. */
  async keep(): Promise<void> {
    this.pass(61_000);
    await keeperOf(await this.tools(new MemoryRecords(), this.book))!.round(new AbortController().signal);
  }

  private async documents(records: MemoryRecords, book: BatchBook): Promise<AnswerDocument> {
    const guards = new DocumentGuards({
      ...{ policy: () => shippedGuardrailPolicy, moderators: () => new Map(), look: async () => ({}) },
      ...{ store: records.store, scale: scalePicture },
    });
    const pictures = new PagePictures(records.store, scalePicture, guards.covers);
    const tools = { ...(await this.tools(records, book)), prior: () => undefined };
    return new AnswerDocument(answerKinds(tools, pictures, guards), records.store, guards);
  }

  private async tools(records: MemoryRecords, book: BatchBook): Promise<CascadeTools> {
    const environment = { WAYBILL_MODEL_SIMULATOR_URL: this.simulator.url } as Environment;
    const surroundings = { blobs: records.store, keyHealth: new MemoryKeyHealth(), clock: this.clock };
    const configured = await configuredProviders(environment, shippedCatalog, { ...surroundings, random: () => 0 });
    const policy = { ...this.policy, allow: ['waybill/rules-1', this.model] };
    const table = buildRouteTable(routableCatalog(shippedCatalog, configured), policy);
    const { purse, state, journal, attempts, clock } = this;
    const batches = { book, store: this.written, isOver: isJobOver(this.events as Pick<EventLog, 'find'>, clock) };
    return { ...configured, table: () => table, state, purse, journal, attempts, clock, batches };
  }

  /** Of all jobs; an acceptance, which no scene writes, is there until the job is purged. */
  private readonly events = {
    find: async (job: JobKey, type: 'job-accepted' | 'job-finished') => {
      if (this.purged.has(job.jobId)) return undefined;
      return type === 'job-accepted' ? {} : await this.recordsOf(job.jobId).events.find(job, type);
    },
  };

  /** One store for the requests of all jobs. */
  readonly written = new MemoryRecords().store;
}

export const attemptsOf = ({ result }: JobFinished): readonly RouteAttempt[] =>
  (result?.routes?.[0]?.attempts ?? []).filter(({ tier }) => tier > 0);

function expectDeferred(outcome: Outcome): void {
  if (outcome.kind !== 'deferred') throw new Error(`A batched job was not parked: ${JSON.stringify(outcome)}`);
}
