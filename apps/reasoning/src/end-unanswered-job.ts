import { consumers, type DeadLetter, type PageEnded } from '@waybill/contracts';
import {
  completed,
  endWithoutAnswer,
  exactUsd,
  outcomeOfError,
  type Clock,
  type EventLog,
  type Outcome,
} from '@waybill/jobs';

/** Ends a job whose answering was given up, with the reason of the dead letter. */
export class EndUnansweredJob {
  constructor(
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** A letter that names no job is left as it is: there is nothing to end. */
  async run({ tenant, jobId, failure }: DeadLetter): Promise<Outcome> {
    if (jobId === undefined) return completed();
    try {
      const problem = { ...failure, stage: consumers.answerJob.name };
      const spentUsd = spentOnReading(await this.events.pageEndings({ tenant, jobId }));
      await this.events.append(endWithoutAnswer({ tenant, jobId }, 'failed', [problem], this.clock.now(), spentUsd));
      return completed();
    } catch (error) {
      const outcome = outcomeOfError(error);
      if (outcome) return outcome;
      throw error;
    }
  }
}

/** Pages that were read for money cost it whatever became of the answer. */
const spentOnReading = (endings: readonly PageEnded[]): number =>
  exactUsd(endings.reduce((sum, ending) => sum + (ending.type === 'page-read' ? (ending.use?.costUsd ?? 0) : 0), 0));
