import type { RouteAttempt } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { usdOf } from '../money/picodollars.js';
import type { Candidate } from '../decision/route-decision.js';
import type { Reservation, ReserveAnswer } from '../ports/purse.js';
import type { Admission } from '../ports/route-state.js';
import type { ModelProvider } from '../provider/model-provider.js';
import type { ModelRequest } from '../provider/model-request.js';
import { schemaLevelOf } from '../schema-level/schema-level-of.js';
import { attemptReceipt, lostAttempt } from './attempt-receipt.js';
import type { CascadeTools, Routed, Run, Stop } from './cascade-tools.js';
import { goesByUrl } from './goes-by-url.js';
import { LendingProvider } from './lending-provider.js';
import { picturesSent } from './pictures-sent.js';
import { spendIntentOf } from './spend-intent.js';
import { attemptAfter, journalEntryOf, makeCall, mostOf, type CallEnd } from './make-call.js';

/** A call that was made, or `again` when something else is to be tried, or why the chain stops. */
export type Attempted =
  | { readonly kind: 'called'; readonly attempt: RouteAttempt; readonly end: CallEnd }
  | { readonly kind: 'again' }
  | Stop;

type Admitted = Extract<Admission, { kind: 'admitted' }>;
/** Longer than a call may last, so that a reservation outlives it. */
const leaseMarginMs = 60_000;
const unstatedWaitMs = 5_000;

/** One attempt: admitted, money reserved, the call made, the answer kept, the bill settled. */
export class PaidCall {
  constructor(private readonly tools: CascadeTools) {}

  async make<Answer>(routed: Routed, run: Run<Answer>): Promise<Attempted> {
    const { chosen } = routed.decision;
    // What is built in asks nobody and costs nothing.
    if (chosen.card.tier === 0) return await this.call(await this.prepare(routed, run), run, undefined);
    const admission = await this.tools.state.admit({
      ...{ model: chosen.card.id, provider: chosen.card.provider },
      ...{ inputTokens: chosen.inputTokens.most, outputTokens: routed.request.output.most },
    });
    if (admission.kind === 'wait') {
      run.progress.rest(chosen.card.id, admission);
      return { kind: 'again' };
    }
    return await this.reserveAndCall(routed, run, admission);
  }

  /** What is written down and reserved for a call that is made later, or why it is not. */
  async reserve<Answer>(
    prepared: Prepared,
    routed: Routed,
    run: Run<Answer>,
    leaseMs: number,
  ): Promise<Reservation | Attempted> {
    try {
      const intent = spendIntentOf(prepared.receipt, mostOf(routed.decision.chosen), run, leaseMs);
      const reserved = await this.tools.purse.reserve(intent);
      return reserved.kind === 'reserved' ? reserved.reservation : this.afterRefusal(reserved, routed, run);
    } catch (error) {
      return this.withoutPurse(error, run);
    }
  }

  /** How long a call may last. */
  private timeoutMs({ level }: Routed['request']): number {
    const { verification, services } = this.tools.table().policy;
    return level === 'flex' ? services.flex.timeoutMs : verification.callTimeoutMs;
  }

  private async reserveAndCall<Answer>(routed: Routed, run: Run<Answer>, admission: Admitted): Promise<Attempted> {
    const abandon = () => admission.report({ kind: 'abandoned' });
    // Pictures are made before money is reserved: only then it is known what is sent.
    const prepared = await this.prepare(routed, run).catch(async (error: unknown) => {
      await abandon();
      throw error;
    });
    let reserved: ReserveAnswer;
    try {
      const leaseMs = this.timeoutMs(routed.request) + leaseMarginMs;
      const intent = spendIntentOf(prepared.receipt, mostOf(routed.decision.chosen), run, leaseMs);
      reserved = await this.tools.purse.reserve(intent);
    } catch (error) {
      await abandon();
      return this.withoutPurse(error, run);
    }
    if (reserved.kind === 'reserved') {
      return await this.call(prepared, run, { admission, reservation: reserved.reservation });
    }
    await abandon();
    return this.afterRefusal(reserved, routed, run);
  }

  /** No call is made that cannot be booked: whoever keeps the money is waited for. */
  private withoutPurse<Answer>(error: unknown, { work }: Run<Answer>): Attempted {
    if (!(error instanceof StageError) || !error.retryable) throw error;
    const until = new Date(this.tools.clock.now().getTime() + (error.retryAfterMs ?? unstatedWaitMs));
    if (until >= work.deadline) throw error;
    return { kind: 'waiting', until, reason: error.message };
  }

  private afterRefusal<Answer>(
    refusal: Exclude<ReserveAnswer, { kind: 'reserved' }>,
    routed: Routed,
    run: Run<Answer>,
  ): Attempted {
    const { progress, work } = run;
    switch (refusal.kind) {
      case 'settled':
        // The money is counted, and the question asked anew.
        progress.add(
          lostAttempt(routed, run, this.tools, { usd: usdOf(refusal.spent), reservation: refusal.reservationId }),
        );
        progress.countPaidCall();
        return { kind: 'again' };
      case 'degrade':
        progress.asked.add(routed.decision.chosen.card.id);
        progress.budgetUsd = refusal.leftUsd;
        return { kind: 'again' };
      case 'wait':
        if (refusal.until < work.deadline) return { kind: 'waiting', until: refusal.until, reason: refusal.reason };
        return overBudget(progress.answer, refusal.reason);
      case 'refuse':
        return overBudget(progress.answer, refusal.reason);
    }
  }

  private async call<Answer>(
    { chosen, request, receipt }: Prepared,
    run: Run<Answer>,
    paid: Paid | undefined,
  ): Promise<Attempted> {
    const { clock, providers, purse } = this.tools;
    const provider = providers.get(chosen.card.provider);
    const lending = provider && this.lendingBy(provider, request, run);
    if (!provider) throw new Error(`${chosen.card.id} was chosen, and nobody speaks to "${chosen.card.provider}".`);
    let kept = false;
    try {
      const call = { provider: lending ?? provider, chosen, request, admission: paid?.admission };
      const ended = await makeCall(call, clock, run.signal);
      const end = lending?.sentBy ? { ...ended, sentBy: lending.sentBy } : ended;
      const attempt = { ...attemptAfter(receipt, end), ...(paid ? { reservation: paid.reservation.id } : {}) };
      if (paid && end.usage) {
        kept = true;
        await this.book(attempt, end, run, paid.reservation);
      } else if (paid) await purse.release(paid.reservation);
      return { kind: 'called', attempt, end };
    } catch (error) {
      // What was answered stays reserved until it is booked by whoever finds it.
      if (paid && !kept) await purse.release(paid.reservation);
      throw error;
    }
  }

  /** Sends the pictures by address; undefined where they go inline. */
  private lendingBy<Answer>(
    provider: ModelProvider,
    request: ModelRequest,
    { work }: Run<Answer>,
  ): LendingProvider | undefined {
    const { loans, table } = this.tools;
    if (!loans || !goesByUrl(request, provider.id, work.routing, table())) return undefined;
    return new LendingProvider(provider, loans, work.job);
  }

  /** What will be sent, and what is known of the attempt before it is made. */
  async prepare<Answer>(routed: Routed, run: Run<Answer>): Promise<Prepared> {
    const { chosen } = routed.decision;
    const request = await this.requestFor(routed, run);
    const images = picturesSent(request.messages, chosen.card);
    const receipt = attemptReceipt(routed, run, this.tools);
    const level = request.schema ? { schemaLevel: schemaLevelOf(this.tools.table().catalog, chosen.card).id } : {};
    return { chosen, request, receipt: { ...receipt, ...level, ...(images.length > 0 ? { images } : {}) } };
  }

  private async requestFor<Answer>({ decision: { chosen }, request }: Routed, run: Run<Answer>): Promise<ModelRequest> {
    const { work, progress } = run;
    const asked = await work.task.ask(chosen, progress.open);
    const { level } = request;
    return {
      model: chosen.card.model,
      ...asked,
      maxOutputTokens: request.output.most,
      deadline: new Date(Math.min(work.deadline.getTime(), this.tools.clock.now().getTime() + this.timeoutMs(request))),
      idempotencyKey: progress.idempotencyKey,
      ...(level === 'flex' || level === 'priority' ? { service: level } : {}),
    };
  }

  /** First the answer, then the bill: whoever dies between the two is followed by one who finds both. */
  async book<Answer>(attempt: RouteAttempt, end: CallEnd, run: Run<Answer>, held: Reservation): Promise<void> {
    const { work, progress } = run;
    const entry = journalEntryOf(attempt, end, held.most);
    await this.tools.journal.keep(work.job.tenant, progress.idempotencyKey, entry);
    const { spent, usage, durationMs } = end;
    const { model, service } = attempt;
    if (usage) await this.tools.purse.settle(held, { spent, usage, model, durationMs, service });
  }
}

export interface Prepared {
  readonly chosen: Candidate;
  readonly request: ModelRequest;
  readonly receipt: RouteAttempt;
}

interface Paid {
  readonly admission: Admitted;
  readonly reservation: Reservation;
}

const overBudget = (answer: unknown, reason: string): Stop =>
  answer === undefined ? { kind: 'failed', failure: { code: 'budget-exceeded', message: reason } } : { kind: 'enough' };
