import type { JobEventView, JobId, SubmissionInput } from '@waybill/contracts';
import { retryDelayMs, type RetryPolicy } from '@waybill/jobs';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from '../api/api-client.js';
import { CliError } from '../cli-error.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { advanceJobProgress, newJobProgress, type JobProgress } from '../terminal/job-progress.js';
import type { ProgressBoard } from '../terminal/progress-board.js';
import type { FoundDocument } from './find-documents.js';
import { Lanes } from './lanes.js';
import type { SubmittedJob } from './submitted-job.js';

export interface FileToSubmit {
  readonly file: FoundDocument;
  readonly id: JobId;
}

export interface SubmissionPlan {
  readonly files: readonly FileToSubmit[];
  /** What is wanted of every file. */
  readonly submission: Omit<SubmissionInput, 'documents' | 'id'>;
  /** `accepted` returns when the service has the files, `ended` when the jobs have their final state. */
  readonly until: 'accepted' | 'ended';
}

const uploadsAtOnce = 4;
const followedAtOnce = 64;
const uploadAttempts = 5;
const uploadRetryPolicy: RetryPolicy = { baseMs: 500, maxMs: 10_000, factor: 3, jitter: 0.2 };

/**
 * Submits each file as a job of its own and, if wanted, follows the jobs to their end. A refused file does not stop
 * the others. When the signal aborts, what was accepted stays accepted, and the answer says which.
 */
export async function submitFiles(
  client: ApiClient,
  plan: SubmissionPlan,
  board: ProgressBoard,
  signal: AbortSignal,
): Promise<SubmittedJob[]> {
  const uploads = new Lanes(uploadsAtOnce);
  const follows = new Lanes(followedAtOnce);
  const submitter = new Submitter(client, plan.submission, signal);
  const submitted = plan.files.map(({ file, id }, index) => {
    const job = new FileInWork(file, id, (progress, event) => board.show(index, progress, event));
    uploads.add(async () => {
      const accepted = await submitter.upload(job);
      if (accepted && plan.until === 'ended') follows.add(() => submitter.follow(job));
    });
    return job;
  });
  await uploads.idle();
  await follows.idle();
  return submitted.map(({ file, id, outcome }) => ({ file, id, outcome }));
}

/** One file on its way: what is shown of it, and what has become of it. */
class FileInWork {
  outcome: SubmittedJob['outcome'] = { kind: 'not-submitted' };
  progress: JobProgress;

  constructor(
    readonly file: FoundDocument,
    readonly id: JobId,
    private readonly show: (progress: JobProgress, event?: JobEventView) => void,
  ) {
    this.progress = newJobProgress(file.name);
  }

  advance(change: Partial<JobProgress>): void {
    this.progress = { ...this.progress, ...change };
    this.show(this.progress);
  }

  hear(event: JobEventView): void {
    this.progress = advanceJobProgress(this.progress, event);
    this.show(this.progress, event);
  }
}

class Submitter {
  /** Until something was accepted, an absent service is a wrong address rather than one that restarts. */
  #serviceWasThere = false;

  constructor(
    private readonly client: ApiClient,
    private readonly submission: SubmissionPlan['submission'],
    private readonly signal: AbortSignal,
  ) {}

  /** True when the job is accepted. */
  async upload(job: FileInWork): Promise<boolean> {
    if (this.signal.aborted) return false;
    job.advance({ phase: 'uploading' });
    try {
      await this.#submitPatiently(job);
      job.outcome = { kind: 'accepted' };
      job.advance({ phase: 'queued' });
      return true;
    } catch (error) {
      if (this.signal.aborted) return false;
      const refusal = asCliError(error);
      job.outcome = { kind: 'refused', error: refusal };
      job.advance({ phase: 'refused', reason: refusal.message });
      return false;
    }
  }

  async follow(job: FileInWork): Promise<void> {
    try {
      for await (const event of this.client.follow(job.id, this.signal)) job.hear(event);
      job.outcome = { kind: 'ended', job: await this.client.job(job.id, undefined, this.signal) };
    } catch (error) {
      if (!this.signal.aborted) job.outcome = { kind: 'lost', error: asCliError(error) };
    }
  }

  /** The id makes a repeat harmless, so a busy or restarting service is asked again. */
  async #submitPatiently({ file, id }: FileInWork): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.client.submitFile({ ...this.submission, id }, file, this.signal);
        this.#serviceWasThere = true;
        return;
      } catch (error) {
        if (attempt >= uploadAttempts || !this.#mayPass(error)) throw error;
        await delay(retryDelayMs(attempt, uploadRetryPolicy, Math.random()), undefined, { signal: this.signal });
      }
    }
  }

  #mayPass(error: unknown): boolean {
    if (!(error instanceof CliError)) return false;
    const passing: readonly ExitCode[] = this.#serviceWasThere
      ? [exitCodes.unavailable, exitCodes.tryLater]
      : [exitCodes.tryLater];
    return passing.includes(error.exitCode);
  }
}

const asCliError = (error: unknown): CliError =>
  error instanceof CliError
    ? error
    : new CliError(exitCodes.bug, error instanceof Error ? error.message : String(error), { cause: error });
