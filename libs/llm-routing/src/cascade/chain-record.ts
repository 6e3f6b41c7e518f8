import type { RouteAttempt } from '@waybill/contracts';
import type { AttemptLog } from '../ports/attempt-log.js';
import type { CascadeWork } from './cascade-task.js';
import type { ChainProgress } from './chain-progress.js';

/**
 * Tells the attempts of a chain as they are made, and gathers those of its earlier runs. A chain that ends with the
 * answer of what is built in is told by its end alone: nobody waits for it.
 */
export class ChainRecord<Answer> {
  private told = 0;

  constructor(
    private readonly log: AttemptLog,
    private readonly work: CascadeWork<Answer>,
    private readonly progress: ChainProgress<Answer>,
  ) {}

  /** Attempts that are not told yet become durable, in their order. */
  async tell(): Promise<void> {
    const { job, document, portion } = this.work;
    for (const { id, attempt } of this.progress.made.slice(this.told)) {
      await this.log.note(job, { id, document, ...(portion === undefined ? {} : { portion }), attempt });
      this.told += 1;
    }
  }

  /** Every attempt of the chain: of runs before a wait, a crash or a move to another lane, and of this one. */
  async whole(): Promise<readonly RouteAttempt[]> {
    const { made } = this.progress;
    const isFirstRun = this.work.lane === undefined || this.work.lane === 'free';
    if (isFirstRun && !made.some(({ attempt }) => attempt.tier > 0)) return this.progress.attempts;
    await this.tell();
    const all = await this.log.made(this.work.job);
    const { document, portion } = this.work;
    return all
      .filter((noted) => noted.document === document && noted.portion === portion)
      .map(({ attempt }) => attempt);
  }
}
