import type { RouteAttempt } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { exclusionsOf } from '../decision/decide-route.js';
import type { RouteDecision } from '../decision/route-decision.js';
import type { RouteRequest } from '../decision/route-request.js';
import { isLaterLane, laneOf } from '../policy/lane-of.js';
import { difficultyBandOf } from '../policy/routing-policy.js';
import { noUsage } from '../money/usage.js';
import type { JournalEntry } from '../ports/answer-journal.js';
import type { Reservation } from '../ports/purse.js';
import { ModelError } from '../provider/model-error.js';
import { usesOf, type CascadeEnd } from './cascade-end.js';
import type { CascadeWork, GivenAnswer } from './cascade-task.js';
import type { CascadeTools, Run, Stop } from './cascade-tools.js';
import { BatchedCalls } from './batched-calls.js';
import { ChainProgress } from './chain-progress.js';
import { ChainRecord } from './chain-record.js';
import { decideAttempt } from './decide-attempt.js';
import type { CallEnd } from './make-call.js';
import { PaidCall, type Attempted } from './paid-call.js';
import { ServiceCalls } from './service-calls.js';
import { spendIntentOf } from './spend-intent.js';
import { nobodySentence } from './summarise-exclusions.js';

/** How long a model is left alone that is in trouble and does not say for how long. */
const unstatedRestMs = 15_000;
/** A chain is cut here whatever happens. */
const mostAttempts = 24;

/**
 * Has one document answered: the cheapest way first, what is in doubt again one step up, everything inside one deadline
 * and one cost ceiling; docs/routing.md tells the states.
 */
export class Cascade {
  private readonly calls: PaidCall;
  private readonly batched: BatchedCalls;
  private readonly services: ServiceCalls;

  constructor(private readonly tools: CascadeTools) {
    this.calls = new PaidCall(tools);
    this.batched = new BatchedCalls(tools, this.calls);
    this.services = new ServiceCalls(tools);
  }

  /** Rejects with the signal's reason, or with a retryable `StageError` when something that is needed is away. */
  async run<Answer>(work: CascadeWork<Answer>, signal: AbortSignal): Promise<CascadeEnd<Answer>> {
    const progress = new ChainProgress<Answer>(work);
    const record = new ChainRecord(this.tools.attempts, work, progress);
    let stop: Stop | undefined;
    while (!stop && !progress.isDone && progress.made.length < mostAttempts) {
      signal.throwIfAborted();
      if (this.mayPay(work)) await record.tell();
      stop = await this.step({ work, progress, signal });
    }
    const attempts = this.mayPay(work) ? await record.whole() : progress.attempts;
    const { answer, open } = progress;
    const told = { attempts, uses: usesOf(attempts) };
    if (stop?.kind === 'waiting' || stop?.kind === 'moving') return { ...told, ...stop };
    if (answer !== undefined) return { ...told, kind: 'answered', answer, open };
    if (stop?.kind === 'failed') return { ...told, ...stop };
    const message = `No answer after ${attempts.length} attempts; the job's route tells them.`;
    return { ...told, kind: 'failed', failure: { code: 'model-failed', message } };
  }

  private async step<Answer>(run: Run<Answer>): Promise<Stop | undefined> {
    const { work, progress } = run;
    const paid = await this.findPaid(run);
    if (paid) return await this.replay(paid, run);
    const batched = await this.batched.resume(run);
    if (batched) return await this.after(batched, run);
    const usual = decideAttempt(this.tools, run);
    const patient = this.batched.prefer(usual, run);
    if (patient && work.lane !== 'batch') return { kind: 'moving', lane: 'batch' };
    if (patient) return await this.after(await this.batched.collect(patient, run), run);
    const { decision, request } = this.services.prefer(usual, run);
    if (decision.kind !== 'route') return this.stopFor(decision, request, progress);
    const lane = laneOf(this.tools.table().policy, decision.chosen, request.level);
    if (work.lane !== undefined && isLaterLane(lane, work.lane)) return { kind: 'moving', lane };
    return await this.after(await this.calls.make({ decision, request }, run), run);
  }

  private async after<Answer>(attempted: Attempted, run: Run<Answer>): Promise<Stop | undefined> {
    if (attempted.kind === 'again') return undefined;
    if (attempted.kind !== 'called') return attempted;
    if (this.services.isRefused(attempted)) return this.services.afterRefusal(attempted, run);
    await this.conclude(attempted.attempt, attempted.end, attempted.end.answer, run);
    return undefined;
  }

  private mayPay<Answer>({ routing }: CascadeWork<Answer>): boolean {
    return routing.tier !== 'free' && this.tools.providers.size > 1;
  }

  /** Only a chain that may pay asks the journal. */
  private async findPaid<Answer>({ work, progress }: Run<Answer>): Promise<JournalEntry | undefined> {
    if (!this.mayPay(work)) return undefined;
    return await this.tools.journal.find(work.job.tenant, progress.idempotencyKey);
  }

  private stopFor<Answer>(
    decision: Exclude<RouteDecision, { kind: 'route' }>,
    request: RouteRequest,
    progress: ChainProgress<Answer>,
  ): Stop {
    if (decision.kind === 'wait') progress.rests.push({ until: decision.until, reason: decision.reason });
    const { soonest, lastError } = progress;
    if (soonest) return { kind: 'waiting', ...soonest };
    if (progress.answer !== undefined) return { kind: 'enough' };
    if (lastError?.retryable) throw new StageError(lastError.failure.code, lastError.message, { retryable: true });
    if (lastError) return { kind: 'failed', failure: lastError.failure };
    const exclusions = exclusionsOf(this.tools.table(), request, this.tools.state.knowledge());
    return { kind: 'failed', failure: { code: 'no-model', message: nobodySentence(request.task, exclusions) } };
  }

  /** A call that was paid before a crash or a wait: its answer is taken as if it had just come, and its bill settled. */
  private async replay<Answer>(entry: JournalEntry, run: Run<Answer>): Promise<undefined> {
    const { attempt, answer, failure } = entry;
    const { model, usage, durationMs } = attempt;
    const spent = BigInt(entry.spent);
    const batched = attempt.service === 'batch' ? await this.batched.reservationOf(run) : undefined;
    const reservation = batched ?? this.reservationOf(entry, run);
    // Its lease may still run, or be over: what was paid is booked under the reservation that it was paid under.
    const bill = { spent, usage: usage ?? noUsage, model, durationMs, service: attempt.service };
    if (reservation && usage) await this.tools.purse.settle(reservation, bill);
    const error = failure && new ModelError(failure.kind, failure.message);
    const end: CallEnd = { ...(error ? { error } : {}), usage, spent, durationMs };
    await this.conclude(attempt, end, answer, run);
    return undefined;
  }

  /** The reservation of a call that was paid before: its id is the key, and the number of its attempt where several are told apart. */
  private reservationOf<Answer>({ attempt, most }: JournalEntry, run: Run<Answer>): Reservation | undefined {
    const { reservation: id } = attempt;
    if (id === undefined) return undefined;
    const intent = spendIntentOf(attempt, BigInt(most), run, 0);
    const key = `${intent.idempotencyKey}/`;
    const number = id.startsWith(key) ? Number(id.slice(key.length)) : 1;
    return { id, attempt: number, most: intent.most, leaseEndsAt: this.tools.clock.now(), intent };
  }

  /** What an attempt, made now or before, leads to. */
  private async conclude<Answer>(
    attempt: RouteAttempt,
    end: CallEnd,
    answer: GivenAnswer['answer'] | undefined,
    { work, progress }: Run<Answer>,
  ): Promise<void> {
    progress.asked.add(attempt.model);
    const isPaid = end.usage !== undefined && attempt.tier > 0;
    if (!answer) {
      progress.add({ ...attempt, doubtful: [...progress.open] });
      if (isPaid) progress.countPaidCall();
      if (end.error) this.noteFailure(attempt.model, end.error, progress);
      return;
    }
    const { quality } = attempt.estimate;
    const judged = work.task.judge({ answer, tier: attempt.tier, quality }, progress.answer, progress.open);
    progress.add({ ...attempt, doubtful: [...judged.open], coercions: [...judged.coercions] });
    if (isPaid) progress.countPaidCall();
    progress.take(judged, quality);
    const band = difficultyBandOf(this.tools.table().policy, work.task.difficulty);
    const { kind: task, documentKind } = work.task;
    await this.tools.state.learn({
      ...{ model: attempt.model, task, documentKind, band },
      accepted: judged.open.length === 0,
    });
  }

  private noteFailure<Answer>(model: string, error: ModelError, progress: ChainProgress<Answer>): void {
    progress.lastError = error;
    progress.failed = model;
    if (error.kind !== 'rate-limited' && error.kind !== 'overloaded') return;
    const until = error.facts.until ?? new Date(this.tools.clock.now().getTime() + unstatedRestMs);
    progress.rest(model, { until, reason: error.message });
  }
}
