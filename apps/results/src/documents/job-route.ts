import type { AttemptMade, DocumentRoute, JobKey, RouteView } from '@waybill/contracts';
import { currentWait, statusOf, type Clock, type EventLog, type JobArchive } from '@waybill/jobs';
import { noSuchJob } from '../http/refusals.js';
import { unlessUnavailable, type FindJob } from '../jobs/find-job.js';

/** How a job is routed: from its final state, or, before that and without one, from the attempts that were told so far. */
export class JobRoute {
  constructor(
    private readonly jobs: FindJob,
    private readonly archive: JobArchive,
    private readonly log: EventLog,
    private readonly clock: Clock,
  ) {}

  /** @throws ProblemException 404 for an unknown job. */
  async of(job: JobKey): Promise<RouteView> {
    const state = await this.jobs.find(job);
    if (!state) throw noSuchJob(job);
    const now = this.clock.now();
    const wait = currentWait(state, now);
    const told = state.finished ? await this.told(job) : undefined;
    return {
      id: job.jobId,
      status: statusOf(state, now),
      ...(wait ? { waiting: { stage: wait.stage, reason: wait.reason, until: wait.until } } : {}),
      documents: told ?? byDocument(await this.log.attempts(job)),
    };
  }

  /** What the final state tells; nothing where it was not reached by answering, as when a job is cancelled. */
  private async told(job: JobKey): Promise<DocumentRoute[] | undefined> {
    const final =
      (await unlessUnavailable(() => this.archive.finalEvent(job))) ?? (await this.log.find(job, 'job-finished'));
    return final?.result?.routes;
  }
}

function byDocument(attempts: readonly AttemptMade[]): DocumentRoute[] {
  const documents = new Map<number, DocumentRoute>();
  for (const { document, attempt } of attempts) {
    const route = documents.get(document) ?? { document, attempts: [] };
    route.attempts.push(attempt);
    documents.set(document, route);
  }
  return [...documents.values()].sort((one, other) => one.document - other.document);
}
