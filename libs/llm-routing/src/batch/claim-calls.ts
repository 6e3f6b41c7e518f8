import type { BatchBook, Kept } from './batch-book.js';
import { callKey } from './batch-keys.js';
import type { BatchedCall } from './batch-records.js';

/** A call that is of a batch, and of no other. */
export interface ClaimedCall {
  readonly id: string;
  readonly call: BatchedCall;
}

/** What claiming takes. */
export interface ClaimTools {
  readonly book: BatchBook;
  /** Whether the job of a call has ended, however it did. */
  readonly isOver: (call: BatchedCall) => Promise<boolean>;
}

type Claimable = Kept<BatchedCall> & { readonly id: string };

/** Below what any provider takes (OpenAI's 200 MB are the least), and what a worker can hold a few times over. */
const mostBytes = 100_000_000;

/** The calls that are this batch's, taking those that are nobody's, as many as it can hold; none whose job is over. */
export async function claimCalls(tools: ClaimTools, name: string, ids: readonly string[]): Promise<ClaimedCall[]> {
  const found = await Promise.all(ids.map((id) => claimable(tools, name, id)));
  const claimed = await Promise.all(
    fitting(found.flat()).map(async ({ id, value: call, revision }) => {
      if (call.state === 'sent') return [{ id, call }];
      const sent = { ...call, state: 'sent' as const, batch: name };
      return (await tools.book.write(callKey(id), sent, revision)) ? [{ id, call: sent }] : [];
    }),
  );
  return claimed.flat();
}

/** One that is too large by itself goes by itself. */
function fitting(calls: readonly Claimable[]): Claimable[] {
  let bytes = 0;
  return calls.filter(({ value }, at) => {
    bytes += value.written.sizeBytes;
    return at === 0 || bytes <= mostBytes;
  });
}

async function claimable({ book, isOver }: ClaimTools, name: string, id: string): Promise<Claimable[]> {
  const kept = await book.find<BatchedCall>(callKey(id));
  if (!kept) return [];
  const { state, batch } = kept.value;
  if (state === 'sent' && batch === name) return [{ ...kept, id }];
  return state === 'collected' && !(await isOver(kept.value)) ? [{ ...kept, id }] : [];
}
