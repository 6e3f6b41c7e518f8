import type { BatchDesk, BatchTools } from './batch-desk.js';
import { batchKey, batchPrefix, callKey, resultKey, waitingPrefix } from './batch-keys.js';
import type { BatchedCall, BatchRecord } from './batch-records.js';
import type { BatchResult } from './model-batches.js';

export interface KeeperTools extends Pick<BatchTools, 'book' | 'isOver'> {
  readonly desk: BatchDesk;
  /** Books what a call that nobody waits for was billed, or gives back what is held for it. */
  readonly closeBill: (call: BatchedCall, result: BatchResult | undefined) => Promise<void>;
}

/**
 * Looks after calls whose jobs are over: they are not submitted, a batch of nothing else is cancelled, what was billed
 * is booked, and nothing of them is kept. Any number of processes may do it at once.
 */
export class BatchKeeper {
  constructor(private readonly tools: KeeperTools) {}

  /** Once over everything; rejects with what the book, the purse or the event log reject with. */
  async round(signal: AbortSignal): Promise<void> {
    const { book } = this.tools;
    for (const key of await book.keys(waitingPrefix)) await this.drop(key);
    for (const key of await book.keys(batchPrefix)) {
      signal.throwIfAborted();
      await this.keep(key.slice(batchPrefix.length), signal);
    }
  }

  /** A call that was collected, and whose job is over before it was submitted. */
  private async drop(waitingKey: string): Promise<void> {
    const { book } = this.tools;
    const id = waitingKey.slice(waitingKey.lastIndexOf('.') + 1);
    const kept = await book.find<BatchedCall>(callKey(id));
    if (kept?.value.state !== 'collected' || !(await this.tools.isOver(kept.value))) return;
    // Whoever is about to submit it is refused from here on, or refuses this.
    const call = { ...kept.value, state: 'given-up' as const };
    if (!(await book.write(callKey(id), call, kept.revision))) return;
    await this.close(id, call);
    await book.remove(waitingKey);
  }

  private async keep(name: string, signal: AbortSignal): Promise<void> {
    const { book, desk } = this.tools;
    await desk.attendTo(name, signal);
    const batch = (await book.find<BatchRecord>(batchKey(name)))?.value;
    if (!batch || !(await this.areOver(batch.calls))) return;
    if (!batch.ended && batch.failed === undefined) return await desk.cancel(name, signal);
    for (const id of batch.calls) await this.close(id, await this.callOf(id));
    await book.remove(batchKey(name));
  }

  /** Most batches have a job that is not, and the first one is mostly it. */
  private async areOver(ids: readonly string[]): Promise<boolean> {
    for (const id of ids) {
      const call = await this.callOf(id);
      if (call && !(await this.tools.isOver(call))) return false;
    }
    return true;
  }

  private async close(id: string, call: BatchedCall | undefined): Promise<void> {
    const { book, closeBill } = this.tools;
    const result = (await book.find<BatchResult>(resultKey(id)))?.value;
    if (call) await closeBill(call, result);
    await book.remove(resultKey(id));
    await book.remove(callKey(id));
  }

  private async callOf(id: string): Promise<BatchedCall | undefined> {
    return (await this.tools.book.find<BatchedCall>(callKey(id)))?.value;
  }
}
