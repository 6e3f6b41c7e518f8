import type { JobKey, RouteAttempt } from '@waybill/contracts';

/** An attempt as it is kept: where it belongs, and which one it is however often it is told. */
export interface NotedAttempt {
  readonly id: string;
  readonly document: number;
  /** Of a document that is asked about in parts: which part. */
  readonly portion?: string;
  readonly attempt: RouteAttempt;
}

/**
 * Port: every attempt on a job's documents from the moment it ended, so that a receipt tells the whole story whoever
 * goes on with the job, and wherever. Rejects with a retryable `StageError` when it cannot be asked.
 */
export interface AttemptLog {
  /** Durable when the promise resolves. What is there already is not written again. */
  note(job: JobKey, attempt: NotedAttempt): Promise<void>;
  /** Oldest first. */
  made(job: JobKey): Promise<readonly NotedAttempt[]>;
}

/** Remembers for one process; enough where nobody else goes on with a job. */
export class MemoryAttemptLog implements AttemptLog {
  private readonly jobs = new Map<string, Map<string, NotedAttempt>>();

  async note(job: JobKey, attempt: NotedAttempt): Promise<void> {
    const known = this.attemptsOf(job);
    if (!known.has(attempt.id)) known.set(attempt.id, attempt);
  }

  async made(job: JobKey): Promise<readonly NotedAttempt[]> {
    return [...this.attemptsOf(job).values()];
  }

  private attemptsOf({ tenant, jobId }: JobKey): Map<string, NotedAttempt> {
    const key = `${tenant} ${jobId}`;
    const known = this.jobs.get(key) ?? new Map<string, NotedAttempt>();
    this.jobs.set(key, known);
    return known;
  }
}
