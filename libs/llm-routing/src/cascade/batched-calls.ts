import { createHash } from 'node:crypto';
import type { BatchDesk, BatchedState } from '../batch/batch-desk.js';
import { keptReservation, reservationOf, type BatchedCall } from '../batch/batch-records.js';
import type { BatchResult } from '../batch/model-batches.js';
import { preferBatch } from '../decision/prefer-batch.js';
import type { RouteDecision } from '../decision/route-decision.js';
import type { Reservation } from '../ports/purse.js';
import type { CascadeTools, Routed, Run } from './cascade-tools.js';
import { deskOf } from './keep-batches.js';
import { attemptAfter } from './make-call.js';
import type { Attempted, PaidCall, Prepared } from './paid-call.js';
import { readBatched } from './read-batched.js';

/** The same for a call whenever it is looked for, and short enough for any provider. */
const idOf = <Answer>({ work, progress }: Run<Answer>): string =>
  createHash('sha256').update(`${work.job.tenant} ${progress.idempotencyKey}`).digest('hex').slice(0, 40);

/** Attempts that go to a provider by the batch: cheaper, later, and without a worker that waits. */
export class BatchedCalls {
  private readonly desk: BatchDesk | undefined;

  constructor(
    private readonly tools: CascadeTools,
    private readonly calls: PaidCall,
  ) {
    this.desk = deskOf(tools);
  }

  /** A route by the batch, where the job is patient and it is the cheaper one. */
  prefer<Answer>(
    { decision, request }: { readonly decision: RouteDecision; readonly request: Routed['request'] },
    { work, progress }: Run<Answer>,
  ): Routed | undefined {
    if (!this.desk || work.lane === undefined || progress.isDirect) return undefined;
    const takesBatches = (provider: string): boolean => this.tools.providers.get(provider)?.batches !== undefined;
    const question = { usual: decision, request, tier: work.routing.tier, takesBatches };
    return preferBatch(this.tools.table(), question, this.tools.state.knowledge());
  }

  /** Writes the call down before its money is reserved, and leaves it to be collected. */
  async collect<Answer>(routed: Routed, run: Run<Answer>): Promise<Attempted> {
    const desk = this.opened;
    const { work } = run;
    const prepared = await this.calls.prepare(routed, run);
    const id = idOf(run);
    const call = await this.callOf(prepared, run, id);
    if (!(await desk.collect(id, call))) return { kind: 'again' };
    const leaseMs = work.deadline.getTime() - this.tools.clock.now().getTime();
    const reserved = await this.calls.reserve(prepared, routed, run, leaseMs);
    if ('kind' in reserved) {
      await desk.forget(id);
      return reserved;
    }
    await desk.collect(id, { ...call, state: 'collected', reservation: keptReservation(reserved) });
    return this.resumed(await desk.advance(id, run.signal), run) as Promise<Attempted>;
  }

  /** What became of a call that was given to a batch; undefined where there is none. */
  async resume<Answer>(run: Run<Answer>): Promise<Attempted | undefined> {
    if (!this.desk || run.work.lane !== 'batch') return undefined;
    return await this.resumed(await this.desk.advance(idOf(run), run.signal), run);
  }

  async reservationOf<Answer>(run: Run<Answer>): Promise<Reservation | undefined> {
    const call = await this.desk?.find(idOf(run));
    return call?.reservation && reservationOf(call.reservation);
  }

  private get opened(): BatchDesk {
    if (!this.desk) throw new Error('A route by the batch was decided where nobody collects batches.');
    return this.desk;
  }

  private async callOf<Answer>(
    { chosen, request, receipt }: Prepared,
    { work }: Run<Answer>,
    id: string,
  ): Promise<BatchedCall> {
    const batches = this.tools.providers.get(chosen.card.provider)?.batches;
    const store = this.tools.batches?.store;
    if (!batches || !store) throw new Error(`${chosen.card.id} was chosen for a batch, and nobody takes one.`);
    const { model, schema, maxOutputTokens, idempotencyKey } = request;
    const { directMs } = this.tools.table().policy.batch;
    const bytes = Buffer.from(await batches.write(request));
    return {
      ...{ version: 1, state: 'reserving', attempt: receipt, collectedAt: this.tools.clock.now().toISOString() },
      request: { model, maxOutputTokens, idempotencyKey, ...(schema ? { schema } : {}) },
      written: await store.put(work.job.tenant, `batched/${work.job.jobId}/${id}`, bytes),
      giveUpAt: new Date(work.deadline.getTime() - directMs).toISOString(),
    };
  }

  private async resumed<Answer>(state: BatchedState | undefined, run: Run<Answer>): Promise<Attempted | undefined> {
    if (!state) return undefined;
    if (state.kind === 'waiting') return state;
    if (state.kind === 'answered') return await this.answered(state.call, state.result, run);
    const { reason = '', how } = state.call.gaveUp ?? {};
    const sentence = how === 'late' ? `${reason} It may still be billed.` : reason;
    if (how !== 'late') await this.release(state.call);
    return this.direct({ ...state.call.attempt, outcome: `batch-${how}`, reason: sentence }, run);
  }

  /** From here on calls are made by themselves, under another key than the batch had. */
  private direct<Answer>(attempt: BatchedCall['attempt'], { progress }: Run<Answer>): Attempted {
    progress.add({ ...attempt, doubtful: [...progress.open] });
    progress.countPaidCall();
    progress.isDirect = true;
    return { kind: 'again' };
  }

  private async answered<Answer>(call: BatchedCall, result: BatchResult, run: Run<Answer>): Promise<Attempted> {
    const end = await readBatched(this.tools, call, result);
    const attempt = attemptAfter(call.attempt, end);
    if (!end.usage || !call.reservation) {
      await this.release(call);
      return this.direct(attempt, run);
    }
    const reservation = reservationOf(call.reservation);
    const booked = { ...attempt, reservation: reservation.id };
    await this.calls.book(booked, end, run, reservation);
    return { kind: 'called', attempt: booked, end };
  }

  private async release({ reservation }: BatchedCall): Promise<void> {
    if (reservation) await this.tools.purse.release(reservationOf(reservation));
  }
}
