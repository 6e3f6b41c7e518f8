import type { Logger } from 'pino';
import type { Delivery } from './delivery.js';
import { jobOfPayload, type JobLimits } from './job-limits.js';
import { traceHeader, traceIdOf, traceparentFrom } from './trace.js';

/** Why a handler was told to stop. */
export type AbortReason = 'deadline' | 'cancelled' | 'drain';

/** One call of a handler under way: a message, or a batch of them. */
export class Run {
  readonly first: Delivery;
  readonly traceparent: string;
  /** Absent for a batch, whose messages may be about many jobs. */
  readonly limits: JobLimits | undefined;
  /** In milliseconds of the monotonic clock. */
  readonly startedMs = performance.now();
  /** When the last heartbeat went out, in milliseconds of the monotonic clock. */
  beatAtMs = performance.now();
  private controller: AbortController | undefined;
  private reason: AbortReason | undefined;
  private childLog: Logger | undefined;

  constructor(
    readonly deliveries: readonly [Delivery, ...Delivery[]],
    private readonly serviceLog: Logger,
  ) {
    this.first = deliveries[0];
    this.limits = deliveries.length === 1 ? this.first.limits : undefined;
    this.traceparent = traceparentFrom(this.first.message.headers?.last(traceHeader));
  }

  /** Set when the run was told to stop. */
  get abortedBy(): AbortReason | undefined {
    return this.reason;
  }

  /** Made on first use: most handlers are done before anybody could abort them. */
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.reason) this.controller.abort(new Error(abortSentences[this.reason]));
    return this.controller.signal;
  }

  /** The service's log with what this run is about. */
  get log(): Logger {
    this.childLog ??= this.serviceLog.child({
      stage: this.first.contract.name,
      ...(this.deliveries.length > 1 ? { batch: this.deliveries.length } : jobOfPayload(this.first.payload)),
      attempt: this.first.attempt,
      traceId: traceIdOf(this.traceparent),
    });
    return this.childLog;
  }

  abort(reason: AbortReason): void {
    if (this.reason) return;
    this.reason = reason;
    this.controller?.abort(new Error(abortSentences[reason]));
  }

  heartbeat(nowMs: number): void {
    this.beatAtMs = nowMs;
    for (const delivery of this.deliveries) delivery.working();
  }
}

const abortSentences: Readonly<Record<AbortReason, string>> = {
  deadline: 'The job’s deadline has passed.',
  cancelled: 'The job was cancelled.',
  drain: 'The service is stopping.',
};
