import type { AnswerJobWork, Failure, FinalStatus, JobFinished, ModelUse } from '@waybill/contracts';
import {
  completed,
  failedRetryable,
  outcomeOfError,
  type Clock,
  type EventLog,
  type MessageContext,
  type Outcome,
} from '@waybill/jobs';
import type { AnswerDocument, AnsweredDocument } from './answer-document.js';
import { documentsOfWork } from './documents-of-work.js';
import { readingUses } from './reading-uses.js';

/**
 * Answers a job's task, document after document, and ends the job. A repeat finds the final state and does nothing; a
 * repeat that comes at the same moment is refused by the event log.
 */
export class AnswerJob {
  constructor(
    private readonly events: EventLog,
    private readonly documents: AnswerDocument,
    private readonly clock: Clock,
  ) {}

  async run(work: AnswerJobWork, context: MessageContext): Promise<Outcome> {
    try {
      if (context.redelivered && (await this.events.find(work, 'job-finished'))) return completed();
      await this.events.append(await this.finish(work, context));
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

  private async finish(work: AnswerJobWork, { publishedAt, signal }: MessageContext): Promise<JobFinished> {
    const queued = Math.max(0, this.clock.now().getTime() - publishedAt.getTime());
    const answers: AnsweredDocument[] = [];
    const documents = documentsOfWork(work);
    const readingUsd = documents.reduce((sum, { pages }) => sum + costOf(readingUses(pages)), 0);
    let answeringUsd = 0;
    for (const document of documents) {
      const answer = await this.documents.answer({ work, document, spentUsd: readingUsd + answeringUsd }, signal);
      answeringUsd += costOf(answer.result.models) - costOf(readingUses(document.pages));
      answers.push(answer);
    }
    const problems = answers.flatMap(({ result }) => result.problems);
    const total = (part: 'loadMs' | 'answerMs'): number => answers.reduce((sum, answer) => sum + answer[part], 0);
    return {
      version: 1,
      type: 'job-finished',
      tenant: work.tenant,
      jobId: work.jobId,
      at: this.clock.now().toISOString(),
      status: statusOf(answers, problems),
      result: { version: 1, task: work.plan.task.kind, documents: answers.map(({ result }) => result) },
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
