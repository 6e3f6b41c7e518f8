import { StageError, type Clock, type DocumentStore } from '@waybill/jobs';
import type { BatchPolicy } from '../policy/routing-policy.js';
import { ModelError } from '../provider/model-error.js';
import type { ModelProvider } from '../provider/model-provider.js';
import type { Kept } from './batch-book.js';
import { batchKey, callKey, groupOf, resultKey } from './batch-keys.js';
import type { BatchedCall, BatchRecord } from './batch-records.js';
import { claimCalls, type ClaimTools, type ClaimedCall } from './claim-calls.js';
import type { BatchResult, ModelBatches } from './model-batches.js';

/** What a desk works with. */
export interface BatchTools extends ClaimTools {
  readonly store: Pick<DocumentStore, 'put' | 'read' | 'remove'>;
  readonly providers: ReadonlyMap<string, ModelProvider>;
  readonly policy: () => BatchPolicy;
  readonly clock: Clock;
}

/** Where a batched call stands. */
export type BatchedState =
  | { readonly kind: 'waiting'; readonly until: Date; readonly reason: string }
  | { readonly kind: 'answered'; readonly call: BatchedCall; readonly result: BatchResult }
  | { readonly kind: 'given-up'; readonly call: BatchedCall };

/** Whoever began to submit a batch and has not said so after that long has died. */
const submittingMs = 120_000;

/**
 * Collects calls, submits them as batches and shares out the results. Every step is written down first and can be taken
 * up by any worker; nobody waits here.
 */
export class BatchDesk {
  constructor(private readonly tools: BatchTools) {}

  async find(id: string): Promise<BatchedCall | undefined> {
    return (await this.tools.book.find<BatchedCall>(callKey(id)))?.value;
  }

  /** Writes a call down; again with its reservation when that is made. @returns false when it is known already */
  async collect(id: string, call: BatchedCall): Promise<boolean> {
    const { book } = this.tools;
    const known = call.state === 'reserving' ? undefined : await book.find(callKey(id));
    // Listed first: what is listed and not collected is passed over, what is collected and not listed would be alone.
    if (call.state === 'collected') await book.write(groupOf(call) + id, {}, 0);
    return await book.write(callKey(id), call, known?.revision ?? 0);
  }

  /** For a call whose money was not to be had. */
  async forget(id: string): Promise<void> {
    await this.tools.book.remove(callKey(id));
  }

  /** Does what is next for a call, and says where it stands; undefined for one that is not in a batch. */
  async advance(id: string, signal: AbortSignal): Promise<BatchedState | undefined> {
    const kept = await this.tools.book.find<BatchedCall>(callKey(id));
    if (!kept) return undefined;
    const { value: call } = kept;
    if (call.state === 'given-up') return { kind: 'given-up', call };
    if (call.state === 'reserving') {
      return await this.giveUp(id, kept, { how: 'not-answered', reason: 'A worker died before it was collected.' });
    }
    const result = await this.tools.book.find<BatchResult>(resultKey(id));
    if (result) return { kind: 'answered', call, result: result.value };
    if (this.now >= Date.parse(call.giveUpAt)) {
      const how = call.state === 'sent' ? 'late' : 'not-answered';
      return await this.giveUp(id, kept, { how, reason: 'The batch did not end in time for the deadline.' });
    }
    return call.state === 'collected'
      ? await this.whileCollected(id, call, signal)
      : await this.whileSent(id, kept, signal);
  }

  /** What is next for a batch, whether or not somebody waits for it. */
  async attendTo(name: string, signal: AbortSignal): Promise<void> {
    const batch = await this.tools.book.find<BatchRecord>(batchKey(name));
    if (batch && !batch.value.ended && batch.value.failed === undefined) await this.attend(name, batch, signal);
  }

  /** Has the provider stop; the batch ends there, and is looked at until it has. */
  async cancel(name: string, signal: AbortSignal): Promise<void> {
    const batch = await this.tools.book.find<BatchRecord>(batchKey(name));
    if (batch?.value.submitted === undefined || batch.value.cancelled) return;
    const { submitted, provider, key } = batch.value;
    await this.asking(() => this.batchesOf(provider).cancel(submitted, key, signal));
    await this.change(name, { cancelled: true });
  }

  private get now(): number {
    return this.tools.clock.now().getTime();
  }

  private batchesOf(provider: string): ModelBatches {
    const batches = this.tools.providers.get(provider)?.batches;
    if (batches) return batches;
    throw new StageError('unavailable', `Nobody here takes batches of "${provider}"; give it its keys again.`, {
      retryable: true,
    });
  }

  private async whileCollected(id: string, call: BatchedCall, signal: AbortSignal): Promise<BatchedState> {
    const until = Date.parse(call.collectedAt) + this.tools.policy().collectMs;
    if (this.now < until) return this.waiting(call, until, 'Collected for a batch, which is submitted then.');
    const batches = this.batchesOf(call.attempt.provider);
    const prefix = groupOf(call);
    const listed = (await this.tools.book.keys(prefix)).map((key) => key.slice(prefix.length));
    const calls = [...new Set([id, ...listed])].slice(0, batches.mostCalls);
    const at = this.tools.clock.now().toISOString();
    const key = await batches.chooseKey(call.request.model);
    const begun = { version: 1, provider: call.attempt.provider, key, calls, begunAt: at, touchedAt: at } as const;
    // A batch has the name of the call that began it: whoever begins it again finds it.
    await this.tools.book.write(batchKey(id), begun satisfies BatchRecord, 0);
    const batch = await this.tools.book.find<BatchRecord>(batchKey(id));
    if (batch && (batch.value.touchedAt === at || this.isStale(batch.value))) {
      await this.submit(id, batch, signal);
    }
    return this.waiting(call, this.now + this.tools.policy().pollMs, 'In a batch that is being answered.');
  }

  private async whileSent(id: string, { value: call, revision }: Kept<BatchedCall>, signal: AbortSignal) {
    const name = call.batch ?? id;
    const batch = await this.tools.book.find<BatchRecord>(batchKey(name));
    const gone = batch ? batch.value.failed : 'What was known of its batch is gone.';
    if (!batch || gone !== undefined || batch.value.ended) {
      const late = await this.tools.book.find<BatchResult>(resultKey(id));
      if (late) return { kind: 'answered', call, result: late.value } as const;
      const reason = gone ?? 'The batch ended without an answer to it.';
      return await this.giveUp(id, { value: call, revision }, { how: 'not-answered', reason });
    }
    await this.attend(name, batch, signal);
    const result = await this.tools.book.find<BatchResult>(resultKey(id));
    if (result) return { kind: 'answered', call, result: result.value } as const;
    return this.waiting(call, this.now + this.tools.policy().pollMs, 'In a batch that is being answered.');
  }

  /** One worker at a time looks at a batch, and no more often than the policy says. */
  private async attend(name: string, batch: Kept<BatchRecord>, signal: AbortSignal): Promise<void> {
    const { submitted, touchedAt, provider, key, calls } = batch.value;
    if (submitted === undefined) {
      if (this.isStale(batch.value)) await this.submit(name, batch, signal);
      return;
    }
    if (this.now - Date.parse(touchedAt) < this.tools.policy().pollMs) return;
    const seen = await this.touch(name, batch);
    if (!seen) return;
    const view = await this.asked(name, seen, () => this.batchesOf(provider).look(submitted, key, signal));
    if (view?.kind !== 'ended') return;
    const wanted = new Set(calls);
    for (const result of view.results) {
      if (wanted.has(result.customId)) await this.tools.book.write(resultKey(result.customId), result, 0);
    }
    await this.clear(provider, submitted, key, signal);
    await this.change(name, { ended: true });
  }

  /** Asked once, when everything is kept here: what is not deleted now goes when the provider's own time is over. */
  private async clear(provider: string, batch: string, key: string, signal: AbortSignal): Promise<void> {
    await this.asking(() => this.batchesOf(provider).clear(batch, key, signal));
  }

  /** For what the work does not depend on. */
  private async asking(ask: () => Promise<void>): Promise<void> {
    try {
      await ask();
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
    }
  }

  private isStale({ touchedAt, submitted }: BatchRecord): boolean {
    return submitted === undefined && this.now - Date.parse(touchedAt) >= submittingMs;
  }

  /** Submits a batch, unless somebody who died has done so. */
  private async submit(name: string, batch: Kept<BatchRecord>, signal: AbortSignal): Promise<void> {
    const isAgain = this.isStale(batch.value);
    const held = isAgain ? await this.touch(name, batch) : batch;
    if (!held) return;
    const { provider, key, begunAt } = held.value;
    const claimed = await claimCalls(this.tools, name, held.value.calls);
    const [first] = claimed;
    if (!first) return await this.change(name, { failed: 'None of its calls is left to submit.' });
    await this.change(name, { calls: claimed.map(({ id }) => id) });
    const customIds = claimed.map(({ id }) => id);
    const { model } = first.call.request;
    const intent = { id: name, key, model, begunAt: new Date(begunAt), customIds };
    const batches = this.batchesOf(provider);
    const submitted = await this.asked(name, held, async () => {
      const found = isAgain ? await batches.find(intent, signal) : { kind: 'none' as const };
      if (found.kind === 'found') return found.batch;
      if (found.kind === 'unclear') return undefined;
      if (isAgain) await this.refuseIfOver(claimed);
      const lines = await Promise.all(
        claimed.map(async ({ id, call }) => ({ customId: id, written: await this.text(call) })),
      );
      return await batches.submit(intent, lines, signal);
    });
    if (submitted !== undefined) await this.change(name, { submitted });
    await Promise.all(claimed.map(({ id, call }) => this.tools.book.remove(groupOf(call) + id)));
  }

  /** What nobody waits for any more is not submitted again. */
  private async refuseIfOver(claimed: readonly ClaimedCall[]): Promise<void> {
    const over = await Promise.all(claimed.map(({ call }) => this.tools.isOver(call)));
    if (over.every(Boolean)) throw new ModelError('bad-request', 'Every job of the batch is over.');
  }

  private async text({ written }: BatchedCall): Promise<string> {
    return Buffer.from(await this.tools.store.read(written)).toString();
  }

  /** What may pass is tried again at the next look; what will not ends the batch. */
  private async asked<Value>(
    name: string,
    { value }: Kept<BatchRecord>,
    ask: () => Promise<Value>,
  ): Promise<Value | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      // A submission that may have arrived is looked for when its time is over.
      if (!error.retryable) await this.change(name, { failed: error.message });
      else if (value.submitted === undefined && error.kind === 'rate-limited') await this.change(name, {});
      return undefined;
    }
  }

  /** Undefined when somebody else is at it. */
  private async touch(name: string, { value, revision }: Kept<BatchRecord>): Promise<Kept<BatchRecord> | undefined> {
    const touched = { ...value, touchedAt: this.tools.clock.now().toISOString() };
    if (!(await this.tools.book.write(batchKey(name), touched, revision))) return undefined;
    return await this.tools.book.find<BatchRecord>(batchKey(name));
  }

  private async change(name: string, differs: Partial<BatchRecord>): Promise<void> {
    for (;;) {
      const kept = await this.tools.book.find<BatchRecord>(batchKey(name));
      if (!kept || (await this.tools.book.write(batchKey(name), { ...kept.value, ...differs }, kept.revision))) return;
    }
  }

  private async giveUp(
    id: string,
    { value, revision }: Kept<BatchedCall>,
    gaveUp: NonNullable<BatchedCall['gaveUp']>,
  ): Promise<BatchedState> {
    const call = { ...value, state: 'given-up' as const, gaveUp };
    if (await this.tools.book.write(callKey(id), call, revision)) return { kind: 'given-up', call };
    return this.waiting(value, this.now + this.tools.policy().pollMs, 'In a batch that is being answered.');
  }

  private waiting({ giveUpAt }: BatchedCall, until: number, reason: string): BatchedState {
    return { kind: 'waiting', until: new Date(Math.min(until, Date.parse(giveUpAt))), reason };
  }
}
