import type { AttemptMade, DocumentRoute, Hop, JobFinished, JobKey, RouteView } from '@waybill/contracts';
import { currentWait, hopsTouched, statusOf, type Clock, type EventLog, type JobArchive } from '@waybill/jobs';
import type { ChatReceiptBook } from '@waybill/llm-routing';
import { noSuchJob } from '../http/refusals.js';
import { unlessUnavailable, type FindJob } from '../jobs/find-job.js';

/** How a job or a chat is routed: a job from its final state, or, before that and without one, from the attempts that were told so far. */
export class JobRoute {
  constructor(
    private readonly jobs: FindJob,
    private readonly records: {
      readonly archive: JobArchive;
      readonly log: EventLog;
      readonly chats: Pick<ChatReceiptBook, 'find'>;
    },
    private readonly clock: Clock,
    /** Where the installation has content of every job; none where its operator has not said so. */
    private readonly ownHops: readonly Hop[],
  ) {}

  /** Of a job, or of a chat. @throws ProblemException 404 for an unknown one. */
  async of(job: JobKey): Promise<RouteView> {
    const state = await this.jobs.find(job);
    if (!state) return await this.ofChat(job);
    const now = this.clock.now();
    const wait = currentWait(state, now);
    const result = state.finished ? (await this.final(job))?.result : undefined;
    const documents = result?.routes ?? byDocument(await this.records.log.attempts(job));
    const hops = result ? result.hops : await this.hopsSoFar(job, documents);
    return {
      id: job.jobId,
      status: statusOf(state, now),
      ...(wait ? { waiting: { stage: wait.stage, reason: wait.reason, until: wait.until } } : {}),
      documents,
      ...(hops ? { hops } : {}),
    };
  }

  private async ofChat(job: JobKey): Promise<RouteView> {
    const found = await this.records.chats.find(job.tenant, job.jobId);
    if (!found) throw noSuchJob(job);
    const { chatId: id, status, chat, attempts } = found;
    return { id, status, documents: [{ document: 0, attempts: [...attempts] }], chat };
  }

  /** Its result is missing where it was not reached by answering, as when a job is cancelled. */
  private async final(job: JobKey): Promise<JobFinished | undefined> {
    const { archive, log } = this.records;
    return (await unlessUnavailable(() => archive.finalEvent(job))) ?? (await log.find(job, 'job-finished'));
  }

  private async hopsSoFar(job: JobKey, documents: readonly DocumentRoute[]): Promise<Hop[] | undefined> {
    if (this.ownHops.length === 0) return undefined;
    const pages = await this.records.log.pageEndings(job);
    const attempts = documents.flatMap((document) => document.attempts);
    return hopsTouched({ own: this.ownHops, pages, guardrails: [], attempts });
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
