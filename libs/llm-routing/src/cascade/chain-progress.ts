import { createHash } from 'node:crypto';
import type { RouteAttempt } from '@waybill/contracts';
import type { ModelError } from '../provider/model-error.js';
import type { CascadeWork, Judgement, OpenParts } from './cascade-task.js';

/** When something that could be asked will be free again. */
export interface Rest {
  readonly until: Date;
  readonly reason: string;
}

/** An attempt, and which one it is: the same for whoever makes it again from the journal. */
export interface MadeAttempt {
  readonly id: string;
  readonly attempt: RouteAttempt;
}

/** How far the chain of attempts on one document has come. */
export class ChainProgress<Answer> {
  answer: Answer | undefined;
  open: OpenParts;
  readonly made: MadeAttempt[] = [];
  /** Models that are not to be asked again in this run. */
  readonly asked: Set<string>;
  /** Who of them would be free later. */
  readonly rests: Rest[] = [];
  lastError: ModelError | undefined;
  /** The model whose call was the last to fail, until another one answers. */
  failed: string | undefined;
  /** US dollars that the policy allows for the document. */
  ceilingUsd: number | undefined;
  /** Which experiment the document takes part in. */
  experiment: string | undefined;
  /** An escalation never goes down: whoever is asked next is expected to be better than this. */
  qualityFloor: number | undefined;
  /** What a budget allows at most, in US dollars. */
  budgetUsd: number | undefined;
  /** Set when a batch did not answer: from then on calls are made by themselves. */
  isDirect = false;
  /** Set when flex had no room: from then on calls are made at the usual service. */
  isFlexRefused = false;
  private paidCalls = 0;

  constructor(private readonly work: CascadeWork<Answer>) {
    this.open = work.task.parts;
    this.asked = new Set(work.exclude);
  }

  /** The same after a crash: the job, the document, what is asked, and how many calls were paid before. */
  get idempotencyKey(): string {
    const { job, document, portion } = this.work;
    const subject = portion === undefined ? `${document}` : `${document}/${portion}`;
    const asked = createHash('sha256').update(this.open.join('\n')).digest('hex').slice(0, 16);
    return `${job.tenant}/${job.jobId}/${subject}/${asked}/${this.paidCalls}`;
  }

  get attempts(): RouteAttempt[] {
    return this.made.map(({ attempt }) => attempt);
  }

  /** Before what it led to changes the idempotency key. */
  add(attempt: RouteAttempt): void {
    this.made.push({ id: this.idOf(attempt), attempt });
  }

  get isDone(): boolean {
    return this.answer !== undefined && this.open.length === 0;
  }

  get spentUsd(): number {
    return this.attempts.reduce((sum, { costUsd }) => sum + costUsd, 0);
  }

  /** US dollars that may still be spent; undefined for no limit. */
  get leftUsd(): number | undefined {
    const { maxCostUsd } = this.work.routing;
    const { ceilingUsd, budgetUsd, spentUsd } = this;
    const own = maxCostUsd === undefined ? Infinity : Math.max(0, maxCostUsd - this.work.spentUsd - spentUsd);
    const policy = ceilingUsd === undefined ? Infinity : Math.max(0, ceilingUsd - spentUsd);
    const left = Math.min(own, policy, budgetUsd ?? Infinity);
    return left === Infinity ? undefined : left;
  }

  countPaidCall(): void {
    this.paidCalls += 1;
  }

  take({ answer, open }: Judgement<Answer>, quality: number): void {
    this.answer = answer;
    this.failed = undefined;
    this.open = open;
    this.qualityFloor = Math.min(1, quality + 1e-9);
  }

  rest(model: string, rest: Rest): void {
    this.asked.add(model);
    this.rests.push(rest);
  }

  /** What is built in answers the same again; what was called is told by its moment, and what was lost by its money. */
  private idOf({ model, tier, at, outcome, service, reservation = '' }: RouteAttempt): string {
    // A call that flex has no room for may be made again, at the usual service, in the same moment.
    const moment = service === 'flex' ? `${at} at flex` : at;
    const which = tier === 0 ? 'built-in' : outcome === 'lost' ? reservation : moment;
    return createHash('sha256').update([this.idempotencyKey, model, which].join('\n')).digest('hex').slice(0, 24);
  }

  /** The first of the rests that ends before the deadline. */
  get soonest(): Rest | undefined {
    return this.rests
      .filter(({ until }) => until < this.work.deadline)
      .sort((a, b) => a.until.getTime() - b.until.getTime())[0];
  }
}
