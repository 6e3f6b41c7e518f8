import type { AnswerJobWork, DocumentResult, Failure, FinalStatus, JobFinished } from '@waybill/contracts';
import { completed, outcomeOfError, type Clock, type EventLog, type MessageContext, type Outcome } from '@waybill/jobs';
import type { AnswerDocument } from './answer-document.js';
import { documentsOfWork } from './documents-of-work.js';

/** Answers a job's task, document by document, and ends the job. */
export class AnswerJob {
  constructor(
    private readonly events: EventLog,
    private readonly documents: AnswerDocument,
    private readonly clock: Clock,
  ) {}

  async run(work: AnswerJobWork, context: MessageContext): Promise<Outcome> {
    try {
      if (context.redelivered && (await this.events.find(work, 'job-finished'))) return completed();
      const startedAt = this.clock.now();
      const results: DocumentResult[] = [];
      const times = { queued: Math.max(0, startedAt.getTime() - context.publishedAt.getTime()), load: 0, answer: 0 };
      let spentUsd = 0;
      for (const document of documentsOfWork(work)) {
        const answered = await this.documents.answer(document, { work, spentUsd, signal: context.signal });
        results.push(answered.result);
        times.load += answered.times.load;
        times.answer += answered.times.answer;
        spentUsd += answered.result.models.reduce((sum, use) => sum + use.costUsd, 0);
      }
      await this.events.append({ ...this.finished(work, results), costUsd: spentUsd, times });
      return completed();
    } catch (error) {
      const outcome = outcomeOfError(error);
      if (outcome) return outcome;
      throw error;
    }
  }

  private finished(work: AnswerJobWork, results: readonly DocumentResult[]): Omit<JobFinished, 'costUsd' | 'times'> {
    const problems = results.flatMap((result) => result.problems);
    return {
      version: 1,
      type: 'job-finished',
      tenant: work.tenant,
      jobId: work.jobId,
      at: this.clock.now().toISOString(),
      status: statusOf(work, results, problems),
      result: { version: 1, task: work.plan.task.kind, documents: [...results] },
      problems,
    };
  }
}

/** Complete without problems; partial while at least one document has an answer; failed otherwise. */
function statusOf(
  { plan }: AnswerJobWork,
  results: readonly DocumentResult[],
  problems: readonly Failure[],
): FinalStatus {
  if (problems.length === 0) return 'completed';
  const hasAnswer = ({ pagesRead, values }: DocumentResult): boolean =>
    plan.task.kind === 'read' ? pagesRead > 0 : values !== undefined;
  return results.some(hasAnswer) ? 'partial' : 'failed';
}
