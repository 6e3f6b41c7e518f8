import type { BatchDesk, BatchTools } from './batch-desk.js';
import { batchKey, batchPrefix, callKey, resultKey, waitingPrefix } from './batch-keys.js';
import type { BatchedCall, BatchRecord } from './batch-records.js';
import type { BatchResult } from './model-batches.js';

export interface KeeperTools extends Pick<BatchTools, 'book' | 'store' | 'isOver'> {
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

  /**
   * Once over everything. What cannot be done for one does not keep it from the others; the first such failure, of the
   * book, the purse, the event log or a provider that is no longer configured, rejects at the end.
   */
  async round(signal: AbortSignal): Promise<void> {
    const { book } = this.tools;
    const waiting = (await book.keys(waitingPrefix)).map((key) => () => this.drop(key));
    const names = (await book.keys(batchPrefix)).map((key) => key.slice(batchPrefix.length));
    const failures: unknown[] = [];
    for (const step of [...waiting, ...names.map((name) => () => this.keep(name, signal))]) {
      signal.throwIfAborted();
      await step().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  /** A call that was collected, and whose job is over before it was submitted. */
  private async drop(waitingKey: string): Promise<void> {
    const { book } = this.tools;
    const id = waitingKey.slice(waitingKey.lastIndexOf('.') + 1);
    const kept = await book.find<BatchedCall>(callKey(id));
    if (!kept) return await book.remove(waitingKey);
    if (kept.value.state === 'sent' || !(await this.tools.isOver(kept.value))) return;
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
    if (!batch) return;
    if (!batch.ended && batch.failed === undefined) {
      if (await this.areOver(batch.calls)) await desk.cancel(name, signal);
      return;
    }
    let open = 0;
    for (const id of batch.calls) open += await this.closeIfOver(id);
    if (open === 0) await book.remove(batchKey(name));
  }

  /** @returns how many calls are left open: 1 or 0 */
  private async closeIfOver(id: string): Promise<number> {
    const call = await this.callOf(id);
    if (!call) return 0;
    if (!(await this.tools.isOver(call))) return 1;
    await this.close(id, call);
    return 0;
  }

  /** Most batches have a job that is not, and the first one is mostly it. */
  private async areOver(ids: readonly string[]): Promise<boolean> {
    for (const id of ids) {
      const call = await this.callOf(id);
      if (call && !(await this.tools.isOver(call))) return false;
    }
    return true;
  }

  private async close(id: string, call: BatchedCall): Promise<void> {
    const { book, store, closeBill } = this.tools;
    const result = (await book.find<BatchResult>(resultKey(id)))?.value;
    await closeBill(call, result);
    await store.remove(call.written);
    await book.remove(resultKey(id));
    await book.remove(callKey(id));
  }

  private async callOf(id: string): Promise<BatchedCall | undefined> {
    return (await this.tools.book.find<BatchedCall>(callKey(id)))?.value;
  }
}
