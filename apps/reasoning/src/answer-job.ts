import {
  laneConsumer,
  type AnswerJobWork,
  type Failure,
  type FinalStatus,
  type Hop,
  type JobFinished,
  type ModelUse,
  type ReasoningLane,
} from '@waybill/contracts';
import {
  completed,
  deferred,
  failedRetryable,
  hopsTouched,
  outcomeOfError,
  plannedPageCount,
  refuseHopsOutside,
  StageError,
  tellWait,
  type Clock,
  type EventLog,
  type MessageContext,
  type Outcome,
  type WorkQueue,
} from '@waybill/jobs';
import type { AnswerDocument, AnsweredDocument, MovingDocument, WaitingDocument } from './answer-document.js';
import { documentsOfWork } from './documents-of-work.js';
import { readingUses } from './reading-uses.js';

/** What a job is answered with, beside its documents. */
export interface AnswerTools {
  readonly queue: Pick<WorkQueue, 'answerJob'>;
  readonly clock: Clock;
  /** Where the installation has content of every job, where its operator has said so. */
  readonly ownHops?: readonly Hop[];
  /** Where this worker and its stores are, stated or not; a worker beside another intake may be elsewhere than that. */
  readonly places?: readonly Hop[];
}

/**
 * Answers a job's task, document after document, and ends the job. A repeat finds the final state and does nothing; a
 * repeat that comes at the same moment is refused by the event log. A job that has to wait is parked until then, which
 * is no attempt, and one that needs a slower model moves to that model's lane; what was paid for is found again.
 */
export class AnswerJob {
  constructor(
    private readonly events: EventLog,
    private readonly documents: AnswerDocument,
    private readonly tools: AnswerTools,
  ) {}

  async run(sent: AnswerJobWork, lane: ReasoningLane, context: MessageContext): Promise<Outcome> {
    try {
      if (context.redelivered && (await this.events.find(sent, 'job-finished'))) return completed();
      const work = await this.withPages(sent);
      refuseHopsOutside(this.tools.places ?? [], work.plan.routing.regions);
      const queued = Math.max(0, this.tools.clock.now().getTime() - context.publishedAt.getTime());
      const answers = await this.answerFrom(work, lane, context.signal);
      if (answers === 'moved') return completed();
      if ('until' in answers) return await this.park(work, lane, answers);
      await this.events.append(this.finished(work, answers, queued));
      return completed();
    } catch (error) {
      const outcome = outcomeOfError(error);
      if (outcome) return outcome;
      if (context.signal.aborted) {
        return failedRetryable({ code: 'unavailable', message: 'Answering was stopped before it was done.' });
      }
      throw error;
    }
  }

  /** @throws StageError `unavailable` (retryable) when not all endings can be read yet */
  private async withPages(work: AnswerJobWork): Promise<AnswerJobWork> {
    if (work.pagesAt === undefined) return work;
    const pages = await this.events.pageEndings(work);
    if (pages.length === plannedPageCount(work.plan.documents)) return { ...work, pages };
    throw new StageError('unavailable', 'The endings of the pages cannot all be read yet.', { retryable: true });
  }

  /**
   * The answers, or that they are given in another lane. Where the queue has no room for the work there, it is done here: what
   * waited for room would keep the room itself, and at last nothing would move.
   */
  private async answerFrom(
    work: AnswerJobWork,
    lane: ReasoningLane,
    signal: AbortSignal,
  ): Promise<AnsweredDocument[] | WaitingDocument | 'moved'> {
    const answers = await this.answerAll(work, lane, signal);
    if (!('lane' in answers)) return answers;
    if (await this.hasMoved(work, answers.lane)) return 'moved';
    return await this.answerFrom(work, answers.lane, signal);
  }

  /** The stream drops a second message of the same job in the same lane. */
  private async hasMoved(work: AnswerJobWork, lane: ReasoningLane): Promise<boolean> {
    try {
      await this.tools.queue.answerJob(lane, work);
      return true;
    } catch (error) {
      if (isFull(error)) return false;
      throw error;
    }
  }

  private async park(
    { tenant, jobId }: AnswerJobWork,
    lane: ReasoningLane,
    { until, reason }: WaitingDocument,
  ): Promise<Outcome> {
    await tellWait(this.events, {
      ...{ tenant, jobId, at: this.tools.clock.now().toISOString() },
      ...{ stage: laneConsumer(lane), reason, until: until.toISOString() },
    });
    return deferred(until, reason);
  }

  /** One after the other, so that each knows what the ones before it have spent. */
  private async answerAll(
    work: AnswerJobWork,
    lane: ReasoningLane,
    signal: AbortSignal,
  ): Promise<AnsweredDocument[] | WaitingDocument | MovingDocument> {
    const answers: AnsweredDocument[] = [];
    const documents = documentsOfWork(work);
    const readingUsd = documents.reduce((sum, { pages }) => sum + costOf(readingUses(pages)), 0);
    let answeringUsd = 0;
    for (const document of documents) {
      const answer = await this.documents.answer({ work, lane, document, spentUsd: readingUsd + answeringUsd }, signal);
      if (answer.kind === 'waiting' || answer.kind === 'moving') return answer;
      answeringUsd += costOf(answer.result.models) - costOf(readingUses(document.pages));
      answers.push(answer);
    }
    return answers;
  }

  private hops({ pages }: AnswerJobWork, answers: readonly AnsweredDocument[]): { hops?: Hop[] } {
    const { ownHops: own = [] } = this.tools;
    if (own.length === 0) return {};
    const guardrails = answers.map(({ result }) => result.guardrails);
    const attempts = answers.flatMap(({ route }) => route?.attempts ?? []);
    return { hops: hopsTouched({ own, pages, guardrails, attempts }) };
  }

  private finished(work: AnswerJobWork, answers: readonly AnsweredDocument[], queued: number): JobFinished {
    const problems = answers.flatMap(({ result }) => result.problems);
    const routes = answers.flatMap(({ route }) => route ?? []);
    const total = (part: 'loadMs' | 'answerMs'): number => answers.reduce((sum, answer) => sum + answer[part], 0);
    return {
      version: 1,
      type: 'job-finished',
      tenant: work.tenant,
      jobId: work.jobId,
      at: this.tools.clock.now().toISOString(),
      status: statusOf(answers, problems),
      result: {
        ...{ version: 1, task: work.plan.task.kind, documents: answers.map(({ result }) => result) },
        ...(routes.length > 0 ? { routes } : {}),
        ...this.hops(work, answers),
      },
      problems,
      costUsd: answers.reduce((sum, { result }) => sum + costOf(result.models), 0),
      times: { queued, load: Math.round(total('loadMs')), answer: Math.round(total('answerMs')) },
    };
  }
}

const costOf = (uses: readonly ModelUse[]): number => uses.reduce((sum, { costUsd }) => sum + costUsd, 0);

/** A value that was not found is an answer; a page or document that is missing is a problem. */
function statusOf(answers: readonly AnsweredDocument[], problems: readonly Failure[]): FinalStatus {
  if (!answers.some(({ answered }) => answered)) return 'failed';
  return problems.length === 0 && answers.every(({ answered }) => answered) ? 'completed' : 'partial';
}

/** A full queue says when to come again; one that is away does not know. */
const isFull = (error: unknown): boolean =>
  error instanceof StageError && error.failure.code === 'unavailable' && error.retryAfterMs !== undefined;
