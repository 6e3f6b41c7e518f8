import { BatchDesk } from '../batch/batch-desk.js';
import { BatchKeeper } from '../batch/batch-keeper.js';
import { reservationOf, type BatchedCall } from '../batch/batch-records.js';
import type { BatchResult } from '../batch/model-batches.js';
import type { CascadeTools } from './cascade-tools.js';
import { readBatched } from './read-batched.js';

/** Undefined where nobody collects batches. */
export function deskOf({ batches, providers, clock, table }: CascadeTools): BatchDesk | undefined {
  return batches && new BatchDesk({ ...batches, providers, clock, policy: () => table().policy.batch });
}

/** Who looks after batched calls whose jobs are over; undefined where nobody collects batches. */
export function keeperOf(tools: CascadeTools): BatchKeeper | undefined {
  const desk = deskOf(tools);
  if (!desk || !tools.batches) return undefined;
  const { book, store, isOver } = tools.batches;
  return new BatchKeeper({ book, store, isOver, desk, closeBill: (call, result) => closeBill(tools, call, result) });
}

/** What the job has booked itself is neither booked again nor given back: the purse does each once. */
async function closeBill(tools: CascadeTools, call: BatchedCall, result: BatchResult | undefined): Promise<void> {
  if (!call.reservation) return;
  const reservation = reservationOf(call.reservation);
  const end = result && (await readBatched(tools, call, result));
  if (!end?.usage) return await tools.purse.release(reservation);
  const { spent, usage, durationMs } = end;
  await tools.purse.settle(reservation, { spent, usage, model: call.attempt.model, durationMs });
}
