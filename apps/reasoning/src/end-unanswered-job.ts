import type { DeadLetter, JobKey, PageEnded } from '@waybill/contracts';
import {
  completed,
  endWithoutAnswer,
  exactUsd,
  outcomeOf,
  type Clock,
  type EventLog,
  type Outcome,
} from '@waybill/jobs';
import type { UsageBook } from '@waybill/llm-routing';

/** Ends a job whose answering was given up, with the reason of the dead letter. */
export class EndUnansweredJob {
  constructor(
    private readonly events: EventLog,
    private readonly usage: UsageBook,
    private readonly clock: Clock,
  ) {}

  /** A letter that names no job is left as it is: there is nothing to end. */
  async run({ tenant, jobId, stage, failure }: DeadLetter): Promise<Outcome> {
    if (jobId === undefined) return completed();
    return await outcomeOf(async () => {
      const problem = { ...failure, stage };
      const spentUsd = exactUsd(
        spentOnReading(await this.events.pageEndings({ tenant, jobId })) +
          (await this.spentOnModels({ tenant, jobId })),
      );
      await this.events.append(endWithoutAnswer({ tenant, jobId }, 'failed', [problem], this.clock.now(), spentUsd));
      return completed();
    });
  }

  /** Calls that were paid before the job was given up; the ledger has them, whatever became of their answers. */
  private async spentOnModels({ tenant, jobId }: JobKey): Promise<number> {
    const question = { by: ['purpose' as const], from: new Date(0), to: endOfTime, job: jobId, limit: 100 };
    const { rows } = await this.usage.usage({ kind: 'tenant', tenant }, question);
    return rows.reduce((sum, { group, costUsd }) => (group.purpose === 'read' ? sum : sum + costUsd), 0);
  }
}

/** Later than any booking. */
const endOfTime = new Date('9999-01-01T00:00:00.000Z');

/** Pages that were read for money cost it whatever became of the answer. */
const spentOnReading = (endings: readonly PageEnded[]): number =>
  endings.reduce((sum, ending) => sum + (ending.type === 'page-read' ? (ending.use?.costUsd ?? 0) : 0), 0);
