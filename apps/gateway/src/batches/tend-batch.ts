import type { BatchKey, BatchStatus } from '@waybill/contracts';
import { completed, deferred, outcomeOf, type Batch, type BatchBook, type Clock, type Outcome } from '@waybill/jobs';
import type { PlanBatch } from './plan-batch.js';
import type { WriteAnswers } from './write-answers.js';

export interface BatchSteps {
  readonly plan: PlanBatch;
  readonly write: WriteAnswers;
}

const expired = {
  kind: 'none',
  code: 'batch_expired',
  message: 'This request could not be executed before the completion window expired.',
} as const;
const cancelled = {
  kind: 'none',
  code: 'batch_cancelled',
  message: 'The batch was cancelled before this request was executed.',
} as const;

/**
 * Takes a batch its next step (docs/openai-door.md has the state machine). Every step may be taken twice, by two
 * workers at once too: each change names the status it is made from.
 */
export class TendBatch {
  constructor(
    private readonly book: BatchBook,
    private readonly steps: BatchSteps,
    private readonly clock: Clock,
  ) {}

  async run(key: BatchKey): Promise<Outcome> {
    return await outcomeOf(async () => {
      const batch = await this.book.find(key);
      return batch ? await this.step(key, batch) : completed();
    });
  }

  private async step(key: BatchKey, batch: Batch): Promise<Outcome> {
    const isLate = batch.expiresAt <= this.clock.now();
    switch (batch.status) {
      case 'validating':
        if (isLate) return await this.expire(key, ['validating']);
        await this.steps.plan.run(key, batch);
        return await this.begun(key);
      case 'in_progress':
        if (!(await this.book.hasOpenLines(key))) return await this.finish(key);
        return isLate ? await this.expire(key, ['in_progress']) : completed();
      case 'finalizing':
        return await this.finish(key);
      case 'cancelling':
        return await this.cancel(key, batch);
      default:
        return completed();
    }
  }

  /** Lines may end before the last one is queued, and the batch may have been cancelled meanwhile. */
  private async begun(key: BatchKey): Promise<Outcome> {
    const batch = await this.book.find(key);
    return batch && batch.status !== 'validating' ? await this.step(key, batch) : completed();
  }

  private async expire(key: BatchKey, from: readonly BatchStatus[]): Promise<Outcome> {
    await this.book.drop(key, { states: ['pending', 'asking'], ending: expired });
    return await this.end(key, from, 'expired');
  }

  /** The worker that ends the last line under way tends the batch again. */
  private async cancel(key: BatchKey, { expiresAt }: Batch): Promise<Outcome> {
    const isLate = expiresAt <= this.clock.now();
    await this.book.drop(key, { states: isLate ? ['pending', 'asking'] : ['pending'], ending: cancelled });
    if (!(await this.book.hasOpenLines(key))) return await this.end(key, ['cancelling'], 'cancelled');
    return deferred(
      new Date(this.clock.now().getTime() + lookAgainMs),
      'Lines that are being answered are waited for.',
    );
  }

  private async finish(key: BatchKey): Promise<Outcome> {
    await this.book.change(key, ['in_progress'], { to: 'finalizing', at: this.clock.now() });
    return await this.end(key, ['finalizing'], 'completed');
  }

  private async end(key: BatchKey, from: readonly BatchStatus[], to: BatchStatus): Promise<Outcome> {
    const files = await this.steps.write.run(key);
    if (await this.book.change(key, from, { to, at: this.clock.now(), ...files })) await this.steps.write.tidy(key);
    return completed();
  }
}

const lookAgainMs = 1_000;
